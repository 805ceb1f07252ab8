//! What holds inside a group of rich text: where its text goes, and how.

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Destination {
    /// Into the document.
    #[default]
    Text,
    /// Into a footnote or endnote.
    Note,
    /// Into a text box.
    Shape,
    /// The table of fonts, whose character sets matter.
    Fonts,
    /// The list of styles.
    Styles,
    /// One style.
    Style,
    /// Properties of the document.
    Info,
    /// Its title.
    Title,
    /// Its date.
    Created,
    /// The mark before a list item, which is not part of its text.
    ListMark,
    /// A comment.
    Comment,
    /// Nowhere.
    Skipped,
}

impl Destination {
    /// The destination that `word` at the start of a group names; `None` when it is an ordinary control word.
    ///
    /// A group marked with `\*` is to be left out by programs that do not know its word.
    pub(super) fn of(word: &str, is_optional: bool) -> Option<Self> {
        Some(match word {
            "footnote" => Self::Note,
            "shptxt" | "dptxbxtext" => Self::Shape,
            "fonttbl" => Self::Fonts,
            "stylesheet" => Self::Styles,
            "info" => Self::Info,
            "title" => Self::Title,
            "creatim" => Self::Created,
            "listtext" | "pntext" => Self::ListMark,
            "annotation" => Self::Comment,
            // Text in Unicode beside its repetition for old programs.
            "ud" => Self::Text,
            "shpinst" | "nesttableprops" => return None,
            "colortbl" | "filetbl" | "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl"
            | "footerr" | "footerf" | "pict" | "fldinst" | "nonshppict" | "shprslt" | "sp" | "nonesttables" | "upr"
            | "xe" | "tc" | "tcn" | "txe" | "rxe" | "pntxta" | "pntxtb" | "objclass" | "objname" | "objdata"
            | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "bkmkstart" | "bkmkend"
            | "revtbl" => Self::Skipped,
            _ if is_optional => Self::Skipped,
            _ => return None,
        })
    }

    /// Whether text that goes here is kept.
    fn takes_text(self) -> bool {
        self.holds_paragraphs() || matches!(self, Self::Style | Self::Title)
    }

    /// Whether paragraphs end here.
    pub(super) fn holds_paragraphs(self) -> bool {
        matches!(self, Self::Text | Self::Note | Self::Shape)
    }
}

/// Properties of the paragraph being read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paragraph {
    /// Number of its style.
    pub(super) style: i32,
    /// Whether its style or outline level makes it a heading.
    pub(super) is_heading: bool,
    /// Whether it stands in a table.
    pub(super) is_cell: bool,
    /// Whether it is numbered or has a bullet.
    pub(super) is_item: bool,
}

/// Half points of letters whose size is not said.
pub(super) const DEFAULT_SIZE: i32 = 24;

/// One open group. What it sets ends with it.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) destination: Destination,
    pub(super) paragraph: Paragraph,
    pub(super) font: i32,
    /// Size of the letters, in half points.
    pub(super) size: i32,
    pub(super) is_bold: bool,
    /// How many characters repeat each `\u` for old programs.
    pub(super) replaced_by: usize,
    pub(super) is_hidden: bool,
    /// Whether its text was deleted while changes were tracked.
    pub(super) is_deleted: bool,
    /// Whether it has been counted that its text is left out.
    pub(super) is_counted: bool,
    /// Whether nothing but `\*` stood in it so far, so that the next word may name a destination.
    pub(super) is_fresh: bool,
    /// Whether `\*` stood at its start.
    pub(super) is_optional: bool,
    /// The text around it, set aside while its own is gathered.
    pub(super) outer_text: Option<String>,
}

impl Group {
    /// What holds before the first group.
    pub(super) fn outermost() -> Self {
        Self {
            destination: Destination::Text,
            paragraph: Paragraph::default(),
            font: -1,
            size: DEFAULT_SIZE,
            is_bold: false,
            replaced_by: 1,
            is_hidden: false,
            is_deleted: false,
            is_counted: false,
            is_fresh: false,
            is_optional: false,
            outer_text: None,
        }
    }

    /// A group inside this one, which begins with all that holds here.
    pub(super) fn opened(&self) -> Self {
        Self { is_fresh: true, is_optional: false, outer_text: None, ..*self }
    }

    /// Whether text in it looks like a heading's: bold, and larger than running text ever is.
    pub(super) fn is_emphatic(&self) -> bool {
        self.is_bold && self.size >= DEFAULT_SIZE + 4
    }

    /// Whether text in it is kept.
    pub(super) fn takes_text(&self) -> bool {
        self.destination.takes_text() && !self.is_hidden && !self.is_deleted
    }
}
