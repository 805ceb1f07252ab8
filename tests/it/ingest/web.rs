//! Web pages and books.

use temakart::ingest::Format;

use super::make;
use super::{extracted, notices, read, shown};

#[track_caller]
fn check(html: &str, blocks: &[&str]) {
    assert_eq!(shown(&extracted(html.as_bytes(), Format::Html)), blocks, "{html}");
}

#[test]
fn elements_become_blocks() {
    check("<h1>Funn</h1><p>En <b>ting</b>\n til<p>To", &["H Funn", "P En ting til", "P To"]);
    check("<ul><li>en<li>to<ul><li>tre</ul>fire</ul>fem", &["L en", "L to", "L tre", "L fire", "P fem"]);
    check("<table><tr><td>a<td>b<tr><th>c</th></table>d", &["C a", "C b", "C c", "P d"]);
    check("en<br>to<br><br>tre", &["P en\nto", "P tre"]);
    check("<pre>en\n  to</pre>", &["P en\n  to"]);
    check("<div>en<div>to</div>tre</div>", &["P en", "P to", "P tre"]);
    check("<p>a&shy;b &amp; c&nbsp;d</p>", &["P a\u{ad}b & c\u{a0}d"]);
}

#[test]
fn what_is_not_on_the_page_is_left_out() {
    check("<title>x</title><style>p{}</style><script>var a='<p>'</script><p>Synlig<!-- nei --></p>", &["P Synlig"]);
    check("<nav>Meny</nav><select><option>Valg</select><div hidden>Skjult<div>her</div></div><p>Synlig", &["P Synlig"]);
}

#[test]
fn what_a_page_hides_is_left_out_and_told() {
    let html = "<p hidden>En</p><p>To <span style='color:red; Display : none'>tre</span> fire</p>\
                <div style=\"visibility:hidden!important\">fem</div><p hidden>seks<p>sju</p><b aria-hidden=true>åtte</b>";
    let extracted = extracted(html.as_bytes(), Format::Html);
    // Nobody knows how far an element reaches whose end was left out, so it stays.
    assert_eq!(shown(&extracted), ["P To fire", "P seks", "P sju", "P åtte"]);
    assert_eq!(notices(&extracted), ["ingest/hidden-left-out"]);
    assert_eq!(extracted.notices[0].message, "3 hidden texts were left out");
}

#[test]
fn elements_that_never_end_swallow_nothing() {
    check("<select><p>Synlig", &["P Synlig"]);
    check("<svg><p>Synlig</p><nav>og <p>dette", &["P Synlig", "P og", "P dette"]);
    check("<h1>Funn<p>Tekst", &["H Funn", "P Tekst"]);
    check("<p>Før<iframe src=x><p>Synlig", &["P Før", "P Synlig"]);
    check("<textarea><p>Synlig", &["P Synlig"]);
    check("<title>Tittel<p>Synlig", &["P Tittel", "P Synlig"]);
    check("<head><title>Tittel</head><body><p>Synlig", &["P Synlig"]);
}

/// Nobody said the source of a script; that words may be lost with it is told.
#[test]
fn scripts_and_styles_that_never_end_are_no_words() {
    #[track_caller]
    fn check(html: &str, blocks: &[&str]) {
        let extracted = extracted(html.as_bytes(), Format::Html);
        assert_eq!(shown(&extracted), blocks, "{html}");
        assert_eq!(notices(&extracted).first(), Some(&"ingest/never-closed"), "{html}");
    }
    check("<p>Før</p><script>var a = '<b>ord</b>'; if (a < b) b()", &["P Før"]);
    check("<p>Før</p><STYLE>p { color: red } <p>Etter", &["P Før"]);
    check("<head><style>p { color: red }</HEAD><Body><p>Synlig", &["P Synlig"]);
    check("<html><script>a()<body><p>Synlig<script>b()", &["P Synlig"]);
}

#[test]
fn pages_in_older_encodings() {
    let page = b"<html><head><meta charset=\"iso-8859-1\"></head><body><p>Ildsjeler p\xe5 \xd8ya</p></body></html>";
    let extracted = extracted(page, Format::Html);
    assert_eq!(shown(&extracted), ["P Ildsjeler på Øya"]);
    assert_eq!(extracted.encoding.as_deref(), Some("windows-1252"));
}

#[test]
fn chapters_of_a_book_in_order() {
    let book = make::epub(&[
        "<h1>Én</h1><p>Tekst</p>",
        "<p>Mer<br/>her</p><aside epub:type=\"footnote\"><p>En note</p></aside><p>Slutt</p>",
    ]);
    let extracted = extracted(&book, Format::Epub);
    assert_eq!(shown(&extracted), ["H Én", "P Tekst", "P Mer\nher", "F En note", "P Slutt"]);
    assert_eq!(extracted.properties.document.get("title").map(String::as_str), Some("Boka"));
    assert_eq!(extracted.properties.document.get("date").map(String::as_str), Some("2016-03-12"));
    assert_eq!(notices(&extracted), [""; 0]);
}

#[test]
fn locked_books_are_said_to_be() {
    let container = "<container><rootfile full-path=\"b.opf\"/></container>";
    let package = "<package><manifest><item id=\"c\" href=\"c.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"c\"/></spine></package>";
    let locked = "<encryption><EncryptedData><CipherData><CipherReference URI=\"c.xhtml\"/></CipherData></EncryptedData></encryption>";
    let book = make::archive(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("META-INF/encryption.xml", locked),
        ("b.opf", package),
        ("c.xhtml", "x"),
    ]);
    assert_eq!(read(&book, Format::Epub).unwrap_err().id(), "ingest/encrypted");
}
