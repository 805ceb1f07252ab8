//! The pieces that a report in running text is made of.

/// A report, from its title to its last appendix.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// BCP 47 tag of the language it is written in: `nb-NO`.
    pub tag: &'static str,
    /// On the first page, and in the file's properties.
    pub title: String,
    /// Below the title.
    pub subtitle: String,
    /// What a list of contents is called.
    pub contents: &'static str,
    /// What stands before a table's number: `Tabell`.
    pub table: &'static str,
    /// What stands before a chart's number: `Figur`.
    pub figure: &'static str,
    /// Everything else, in order.
    pub parts: Vec<Part>,
}

/// A piece of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A heading, 1 to 3, and the name that links to it use.
    Heading(u8, String, Option<String>),
    /// Running text.
    Paragraph(Vec<Run>),
    /// Points below each other.
    List(Vec<Vec<Run>>),
    /// Something that must not be overlooked.
    Notice(Vec<Run>),
    /// Small print below a table or chart.
    Note(String),
    /// What somebody said, and where it stands.
    Quote {
        /// The passage, its coded words strong.
        passage: Vec<Run>,
        /// Document, page or line, speaker, time.
        citation: String,
    },
    /// A table with its caption above it.
    Table(Grid),
    /// A chart with its caption below it.
    Chart(Chart),
    /// What follows stands on pages of this orientation.
    Turn(Orientation),
}

/// How pages lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// Upright.
    Portrait,
    /// For wide tables.
    Landscape,
}

/// Text of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The text; any characters.
    pub text: String,
    /// Whether it stands out.
    pub is_strong: bool,
}

impl Run {
    /// Text as the rest.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_strong: false }
    }

    /// Text that stands out.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_strong: true }
    }
}

/// A table. Header lines are repeated on every page that it reaches.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What it shows.
    pub caption: String,
    /// Names over several columns, with how many; none where no columns belong together.
    pub groups: Vec<Head>,
    /// Names of the columns.
    pub header: Vec<String>,
    /// How wide the columns are, relative to each other.
    pub widths: Vec<u32>,
    /// Columns whose texts stand to the left; the others hold numbers.
    pub left: Vec<usize>,
    /// The rows.
    pub rows: Vec<GridRow>,
    /// What the shades of cells mean, where there are any.
    pub key: Option<&'static str>,
}

/// A name over several columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The name.
    pub text: String,
    /// Over how many columns.
    pub columns: usize,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// Its cells, as many as the table has columns.
    pub cells: Vec<GridCell>,
    /// Whether it stands out, such as a sum.
    pub is_strong: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridCell {
    /// Its text.
    pub text: String,
    /// How dark it is, from 0 (not at all) to [`GridCell::DARKEST`].
    pub shade: u8,
    /// How far its text is moved in: the depth of a code in a tree.
    pub indent: u8,
    /// The heading that it leads to.
    pub link: Option<String>,
}

impl GridCell {
    /// The darkest shade there is.
    pub const DARKEST: u8 = 5;

    /// A cell that is only text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// What a chart looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Bars side by side, categories below each other.
    Bars,
    /// Points joined by lines, categories from left to right.
    Lines,
}

/// A chart that its reader can restyle and edit, with the numbers in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub caption: String,
    /// What it shows, for those who do not see it.
    pub alternative: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// What its numbers are: `per 1000 ord`.
    pub unit: String,
    /// What stands along it.
    pub categories: Vec<String>,
    /// Its numbers.
    pub series: Vec<Series>,
}

/// Numbers of a chart that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What the legend calls them.
    pub name: String,
    /// Category by category; `None` where there is no number.
    pub values: Vec<Option<f64>>,
}
