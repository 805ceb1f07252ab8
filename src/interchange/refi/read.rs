//! A `.qdpx` of any program as an [`Exchange`], and what of it has no place here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::codes::ReadCodes;
use super::exchange::{Exchange, FileStems, Variable};
use super::found::{Kind, LeftBehind};
use super::guid;
use super::own::{self, OwnProject};
use super::package::Package;
use super::sources::{self, ReadSource};
use super::write::PROGRAM;
use crate::diag::{Diagnostic, Place, shortened};
use crate::disk::read_bytes;
use crate::ingest::Budget;
use crate::interchange::draft::one_line;
use crate::interchange::tree::{self, Element, Tree};
use crate::project::{CASE, common_name};

/// A project file is at most so large.
const MAX_BYTES: u64 = 1 << 30;
/// A list of documents has a cell for each variable of each source.
const MAX_VALUES: usize = 10_000_000;
/// The person whose codings a file does not say whose they are.
const NOBODY: &str = "importert";

/// A project as it was read, with the documents that have no plain text, and what is to be said about it.
#[derive(Debug, Default)]
pub struct ReadProject {
    /// What could be carried over.
    pub exchange: Exchange,
    /// Documents that must be read from their own formats: name with extension, bytes, values of variables.
    pub files: Vec<(String, Vec<u8>, BTreeMap<String, String>)>,
    /// What is to be said: notes, and warnings of what is left behind.
    pub notes: Vec<Diagnostic>,
}

/// Reads the project at `path`.
///
/// # Errors
/// Why it cannot be read.
pub fn read(path: &Path) -> Result<ReadProject, Vec<Diagnostic>> {
    let (_, bytes) = read_bytes(path, MAX_BYTES).map_err(|error| vec![error])?;
    let error = |why: String| Diagnostic::error("refi/not-read", why).at(Place::file(path));
    let budget = tree::budget(bytes.len() as u64);
    let (mut package, Tree { root, doubts }) = Package::open(&bytes, &budget).map_err(|why| vec![error(why)])?;
    if &*root.name != "Project" {
        let why = format!("this is not a REFI-QDA project, but `<{}>`", shortened(&root.name));
        return Err(vec![error(why).hint("a codebook (.qdc) is read by `temakart codebook import`")]);
    }
    let mut reader = Reader::new(&root, &budget);
    reader.notes.extend(doubts.into_iter().map(|doubt| doubt.at(Place::file(path))));
    reader.codes();
    reader.variables();
    reader.sources(&mut package).map_err(|why| vec![error(why)])?;
    reader.cases().map_err(|why| vec![error(why)])?;
    reader.sets().map_err(|why| vec![error(why)])?;
    reader.rest();
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    Ok(reader.finish(&stem))
}

struct Reader<'x> {
    root: &'x Element,
    budget: &'x Budget,
    origin: &'x str,
    users: BTreeMap<String, String>,
    /// Whose codings are that do not say.
    creator: String,
    codes: ReadCodes,
    /// GUIDs of cases, which some programs write as codes too.
    case_guids: BTreeSet<String>,
    variables: Vec<Variable>,
    /// Where each stands, by name.
    variable_at: BTreeMap<String, usize>,
    variable_names: BTreeMap<String, String>,
    sources: Vec<ReadSource<'x>>,
    /// Where the sources of each GUID stand, of which no program should write two.
    sources_at: BTreeMap<String, Vec<usize>>,
    /// What a project of ours says of itself.
    own: Option<OwnProject>,
    left: LeftBehind,
    notes: Vec<Diagnostic>,
}

impl<'x> Reader<'x> {
    fn new(root: &'x Element, budget: &'x Budget) -> Self {
        let mut users = BTreeMap::new();
        for user in root.child("Users").into_iter().flat_map(|users| users.all("User")) {
            let name = one_line(user.attribute("name").or(user.attribute("id")).unwrap_or_default());
            if !name.is_empty() {
                users.insert(guid::plain(user.attribute("guid").unwrap_or_default()), name);
            }
        }
        let creator = root.attribute("creatingUserGUID").and_then(|creator| users.get(&guid::plain(creator)).cloned());
        let cases = root.child("Cases").into_iter().flat_map(|cases| cases.all("Case"));
        let case_guids = cases.filter_map(|case| case.attribute("guid")).map(guid::plain).collect();
        Self {
            root,
            budget,
            origin: root.attribute("origin").unwrap_or_default(),
            creator: creator.unwrap_or_else(|| NOBODY.to_owned()),
            users,
            codes: ReadCodes::default(),
            case_guids,
            variables: Vec::new(),
            variable_at: BTreeMap::new(),
            variable_names: BTreeMap::new(),
            sources: Vec::new(),
            sources_at: BTreeMap::new(),
            own: None,
            left: LeftBehind::default(),
            notes: Vec::new(),
        }
    }

    fn codes(&mut self) {
        if let Some(codes) = self.root.child("CodeBook").and_then(|codebook| codebook.child("Codes")) {
            let cases = &self.case_guids;
            self.codes.read(codes, &|guid| cases.contains(guid));
            self.left.many(Kind::CaseCode, self.codes.n_cases, "");
        }
    }

    fn variables(&mut self) {
        for variable in self.root.child("Variables").into_iter().flat_map(|all| all.all("Variable")) {
            let name = one_line(variable.attribute("name").unwrap_or_default());
            let guid = guid::plain(variable.attribute("guid").unwrap_or_default());
            if !name.is_empty() {
                self.variable_names.insert(guid, name.clone());
                self.declare(&name);
            }
        }
    }

    fn declare(&mut self, name: &str) {
        if !self.variable_at.contains_key(name) {
            self.variable_at.insert(name.to_owned(), self.variables.len());
            self.variables.push(Variable { name: name.to_owned(), groups: Vec::new() });
        }
    }

    fn sources(&mut self, package: &mut Package<'_>) -> Result<(), String> {
        let Some(sources) = self.root.child("Sources") else { return Ok(()) };
        let mut stems = FileStems::default();
        for element in &sources.children {
            self.tick()?;
            let Some(mut source) = ReadSource::read(element, package, &mut self.left)? else { continue };
            source.name = stems.take(&source.name);
            for (variable, value) in self.values(element) {
                source.values.entry(variable).or_insert(value);
            }
            self.sources_at.entry(source.guid.clone()).or_default().push(self.sources.len());
            self.sources.push(source);
        }
        self.fits()
    }

    /// Fails where the list of documents would be too large.
    fn fits(&self) -> Result<(), String> {
        let (n_variables, n_sources) = (self.variables.len(), self.sources.len());
        if n_variables.saturating_mul(n_sources) <= MAX_VALUES {
            return Ok(());
        }
        Err(format!("{n_variables} variables of {n_sources} sources are more than {MAX_VALUES} values"))
    }

    fn tick(&self) -> Result<(), String> {
        self.budget.tick().map_err(|error| error.why())
    }

    /// Gives what `give` says to the sources of these GUIDs.
    fn give(
        &mut self,
        guids: &BTreeSet<String>,
        mut give: impl FnMut(&mut BTreeMap<String, String>),
    ) -> Result<(), String> {
        for guid in guids {
            for at in self.sources_at.get(guid).into_iter().flatten() {
                self.budget.tick().map_err(|error| error.why())?;
                give(&mut self.sources[*at].values);
            }
        }
        Ok(())
    }

    /// The values of variables in an element, by the variables' names.
    fn values(&mut self, element: &Element) -> Vec<(String, String)> {
        let mut values = Vec::new();
        for value in element.all("VariableValue") {
            let target = value.child("VariableRef").and_then(|of| of.attribute("targetGUID")).map(guid::plain);
            let Some(name) = target.and_then(|target| self.variable_names.get(&target)) else {
                self.left.add(Kind::Value, "");
                continue;
            };
            let said = value.children.iter().find(|child| child.name.ends_with("Value"));
            let said = said.map_or(String::new(), |said| one_line(&said.text));
            if !said.is_empty() {
                values.push((name.clone(), said));
            }
        }
        values
    }

    /// Cases hold sources together: what is known of a case is known of its sources, and its name tells the case where
    /// nothing else does.
    fn cases(&mut self) -> Result<(), String> {
        let Some(cases) = self.root.child("Cases") else { return Ok(()) };
        let own_case = self.variables.iter().map(|variable| variable.name.clone()).find(|name| is_case(name));
        let key = own_case.unwrap_or_else(|| CASE.to_owned());
        for case in cases.all("Case") {
            self.tick()?;
            let name = one_line(case.attribute("name").unwrap_or_default());
            let guids: BTreeSet<String> =
                case.all("SourceRef").filter_map(|of| of.attribute("targetGUID")).map(guid::plain).collect();
            let values = self.values(case);
            let variable = one_line(case.text_of("Description"));
            if let Some(at) = self.variable_at.get(&variable) {
                let variable = &mut self.variables[*at];
                // A value of a variable, as we write them.
                let group = name.strip_prefix(&format!("{}: ", variable.name)).unwrap_or(&name).to_owned();
                variable.groups.push(group);
                continue;
            }
            let mut n_other = 0;
            self.give(&guids, |own| {
                for (variable, value) in &values {
                    own.entry(variable.clone()).or_insert_with(|| value.clone());
                }
                if !name.is_empty() {
                    let own = own.entry(key.clone()).or_insert_with(|| name.clone());
                    n_other += usize::from(*own != name);
                }
            })?;
            self.left.many(Kind::CaseName, n_other, &name);
        }
        if self.sources.iter().any(|source| source.values.contains_key(CASE)) {
            self.declare(CASE);
        }
        Ok(())
    }

    /// A set of sources called `gender: male` says something of them; other sets have no place.
    fn sets(&mut self) -> Result<(), String> {
        for set in self.root.child("Sets").into_iter().flat_map(|sets| sets.all("Set")) {
            self.tick()?;
            let name = one_line(set.attribute("name").unwrap_or_default());
            let members: BTreeSet<String> =
                set.all("MemberSource").filter_map(|of| of.attribute("targetGUID")).map(guid::plain).collect();
            let Some((variable, value)) = name.split_once(':').filter(|_| !members.is_empty()) else {
                self.left.add(Kind::Set, &name);
                continue;
            };
            let (variable, value) = (one_line(variable), one_line(value));
            if variable.is_empty() || value.is_empty() {
                self.left.add(Kind::Set, &name);
                continue;
            }
            self.give(&members, |own| {
                own.entry(variable.clone()).or_insert_with(|| value.clone());
            })?;
            self.declare(&variable);
            self.fits()?;
        }
        Ok(())
    }

    fn rest(&mut self) {
        for (container, element, kind) in
            [("Notes", "Note", Kind::Memo), ("Links", "Link", Kind::Link), ("Graphs", "Graph", Kind::Graph)]
        {
            for element in self.root.child(container).into_iter().flat_map(|all| all.all(element)) {
                self.left.add(kind, element.attribute("name").unwrap_or_default());
            }
        }
        let description = self.root.text_of("Description").trim();
        self.own = own::read(description);
        if self.own.is_none() && !description.is_empty() {
            self.left.add(Kind::Memo, &one_line(description));
        }
    }

    fn finish(mut self, stem: &str) -> ReadProject {
        let verdict = sources::count(&self.sources, self.origin);
        self.notes.extend(verdict.as_ref().map(|verdict| told(verdict, self.origin)));
        let own = self.own.unwrap_or_default();
        let mut exchange = Exchange { variables: self.variables, own, ..Exchange::default() };
        exchange.name = one_line(self.root.attribute("name").unwrap_or_default());
        if exchange.name.is_empty() {
            stem.clone_into(&mut exchange.name);
        }
        let mut files = Vec::new();
        let people = sources::People { users: &self.users, creator: &self.creator };
        for source in self.sources {
            let counting = verdict.as_ref().map(|verdict| verdict.counting);
            match source.finish(counting, &self.codes.by_guid, &self.case_guids, &people, &mut self.left) {
                sources::Finished::Text(source) => exchange.sources.push(source),
                sources::Finished::File(name, bytes, values) => files.push((name, bytes, values)),
            }
        }
        exchange.sources.sort_by(|a, b| a.name.cmp(&b.name));
        let about_names = self.codes.about_names();
        exchange.codes = self.codes.draft;
        exchange.codes.name.clone_from(&exchange.name);
        let mut notes = self.notes;
        notes.extend(self.origin.starts_with(PROGRAM).then(stayed_behind));
        notes.extend(about_names);
        notes.extend(self.left.told());
        ReadProject { exchange, files, notes }
    }
}

/// What no file of ours has in it, however much comes back.
fn stayed_behind() -> Diagnostic {
    let message =
        "patterns, rejections and notes stayed behind in the temakart project that this file was exported from";
    Diagnostic::note("refi/stayed-behind", message)
        .hint("to code by rule again, replace the new codebook.toml with the one from that project")
}

/// Whether a variable of this name says which case a document belongs to.
fn is_case(name: &str) -> bool {
    common_name(name) == CASE
}

fn told(verdict: &super::offsets::Verdict, origin: &str) -> Diagnostic {
    let origin = if origin.is_empty() { "an unnamed program" } else { origin };
    let why = match (verdict.n_ways, verdict.named) {
        (1, _) => "all ways of counting agree here".to_owned(),
        (_, 0) => "judged by where words begin and end, since no coding has its quote as its name".to_owned(),
        (_, named) => format!("the quotes of {} of {named} codings match the text there", verdict.quoted),
    };
    let message = format!("positions from {} count {}: {why}", shortened(origin), verdict.counting);
    if verdict.n_ways > 1 && verdict.quoted * 10 < verdict.named * 9 {
        Diagnostic::warning("refi/positions", message).hint("look at some codings before you trust them")
    } else {
        Diagnostic::note("refi/positions", message)
    }
}
