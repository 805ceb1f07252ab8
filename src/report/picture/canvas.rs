//! Shapes, words and colours of pictures.

use std::fmt::Write as _;

use super::{Links, Picture, Place};
use crate::language::Stance;
use crate::report::escape::markup;

/// What a shape is painted with: a colour for pictures that stand alone, a class for pages with themes of their own.
///
/// The colours of stances are of Okabe and Ito's palette, which colour-blind people tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Text,
    Muted,
    Grid,
    Paper,
    /// The first phase of a comparison, and the second.
    From,
    To,
    /// What was tested and not shown, or not tested.
    Quiet,
    Stance(Stance),
    /// A step of the scale of heat maps.
    Heat(usize),
    /// Words on that step.
    OnHeat(usize),
}

const HEAT: [&str; 9] =
    ["#ffffff", "#eef4fa", "#dbe8f3", "#c3d9ec", "#a3c6e2", "#7aadd3", "#4c8fc0", "#2a70a6", "#12507f"];
/// From this step on words are white.
const DARK_FROM: usize = 7;

impl Ink {
    fn color(self) -> &'static str {
        match self {
            Self::Text => "#14212b",
            Self::Muted => "#52616d",
            Self::Grid => "#d5dde3",
            Self::Paper => "#ffffff",
            Self::From => "#7d8b97",
            Self::To => "#12507f",
            Self::Quiet => "#aab6bf",
            Self::Stance(Stance::Present) => "#0072b2",
            Self::Stance(Stance::Missing) => "#d55e00",
            Self::Stance(Stance::Mixed) => "#e69f00",
            Self::Stance(Stance::Needed) => "#009e73",
            Self::Heat(step) => HEAT[step.min(HEAT.len() - 1)],
            Self::OnHeat(step) if step >= DARK_FROM => "#ffffff",
            Self::OnHeat(_) => "#14212b",
        }
    }

    fn class(self) -> String {
        match self {
            Self::Text => "i-text".to_owned(),
            Self::Muted => "i-muted".to_owned(),
            Self::Grid => "i-grid".to_owned(),
            Self::Paper => "i-paper".to_owned(),
            Self::From => "i-from".to_owned(),
            Self::To => "i-to".to_owned(),
            Self::Quiet => "i-quiet".to_owned(),
            Self::Stance(stance) => format!("i-s{}", super::link::stance_number(stance)),
            Self::Heat(step) => format!("i-h{step}"),
            Self::OnHeat(step) => format!("i-o{step}"),
        }
    }

    fn fill(self) -> String {
        format!("class=\"{}\" fill=\"{}\"", self.class(), self.color())
    }

    fn stroke(self) -> String {
        format!("class=\"{}l\" stroke=\"{}\"", self.class(), self.color())
    }
}

/// Which end of a text its place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture that grows. Measures are in pixels, from the top left.
pub(super) struct Canvas {
    links: Links,
    body: String,
    id: &'static str,
}

/// A place with one decimal, without a needless 0.
fn at(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

impl Canvas {
    /// `id` tells the pictures of a page apart.
    pub(super) fn new(id: &'static str, links: Links) -> Self {
        Self { links, body: String::new(), id }
    }

    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, ink: Ink, size: u32, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let _ = write!(
            self.body,
            "<text x=\"{}\" y=\"{}\"{anchor} font-size=\"{size}\" {}>{}</text>",
            at(x),
            at(y),
            ink.fill(),
            markup(words)
        );
    }

    /// A text that has `width` pixels: cut with `…` where it needs more, whole in a tooltip.
    pub(super) fn fitted(&mut self, at: (f64, f64), anchor: Anchor, ink: Ink, size: u32, words: &str, width: f64) {
        let short = shortened(words, width, size);
        if short == words {
            self.text(at, anchor, ink, size, words);
        } else {
            let _ = write!(self.body, "<g><title>{}</title>", markup(words));
            self.text(at, anchor, ink, size, &short);
            self.body.push_str("</g>");
        }
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, ink: Ink) {
        let _ = write!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>",
            at(x),
            at(y),
            at(width.max(0.0)),
            at(height.max(0.0)),
            ink.fill()
        );
    }

    /// A rectangle that can be hit and not seen.
    pub(super) fn target(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let _ = write!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" pointer-events=\"all\"/>",
            at(x),
            at(y),
            at(width.max(0.0)),
            at(height.max(0.0))
        );
    }

    /// A disc, or with `hollow` a ring.
    pub(super) fn dot(&mut self, x: f64, y: f64, radius: f64, ink: Ink, hollow: bool) {
        let (x, y, radius) = (at(x), at(y), at(radius));
        let _ = if hollow {
            let (fill, class) = (Ink::Paper.color(), ink.class());
            write!(
                self.body,
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" class=\"{class}l i-paper\" fill=\"{fill}\" stroke=\"{}\" stroke-width=\"2\"/>",
                ink.color()
            )
        } else {
            write!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {}/>", ink.fill())
        };
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink, width: f64) {
        let _ = write!(
            self.body,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke-width=\"{}\" {}/>",
            at(from.0),
            at(from.1),
            at(to.0),
            at(to.1),
            at(width),
            ink.stroke()
        );
    }

    /// Points joined by straight lines.
    pub(super) fn path(&mut self, points: &[(f64, f64)], ink: Ink, width: f64) {
        let places: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", at(*x), at(*y))).collect();
        let _ = write!(
            self.body,
            "<polyline points=\"{}\" fill=\"none\" stroke-width=\"{}\" {}/>",
            places.join(" "),
            at(width),
            ink.stroke()
        );
    }

    /// What `draw` draws leads to the quotes of `place`; `name` says what it is, for tooltips and screen readers.
    pub(super) fn linked(&mut self, place: Place, name: &str, draw: impl FnOnce(&mut Self)) {
        let name = markup(name);
        match self.links {
            Links::ToQuotes => {
                let href = place.href().replace('&', "&amp;");
                let _ = write!(self.body, "<a href=\"{href}\" aria-label=\"{name}\"><title>{name}</title>");
                draw(self);
                self.body.push_str("</a>");
            }
            Links::None => {
                let _ = write!(self.body, "<g><title>{name}</title>");
                draw(self);
                self.body.push_str("</g>");
            }
        }
    }

    pub(super) fn finish(self, width: f64, height: f64, title: String, description: String) -> Picture {
        let (width, height) = (width.ceil() as u32, height.ceil() as u32);
        let id = self.id;
        // What has links in it is no single image to a screen reader.
        let role = if self.links == Links::None { "img" } else { "group" };
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             role=\"{role}\" aria-labelledby=\"{id}-t {id}-d\" font-family=\"Helvetica, Arial, sans-serif\">\
             <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>{}</svg>",
            markup(&title),
            markup(&description),
            if self.links == Links::None {
                format!("<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>{}", self.body)
            } else {
                self.body
            }
        );
        Picture { title, description, svg, width, height }
    }
}

/// About how wide a text is in a sans-serif face.
pub(super) fn width_of(words: &str, size: u32) -> f64 {
    let one = |character: char| match character {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ' ' | '\'' | '(' | ')' | '|' | '·' => 0.33,
        'm' | 'w' | 'M' | 'W' | 'æ' | 'Æ' | '…' => 0.9,
        upper if upper.is_uppercase() => 0.7,
        _ => 0.56,
    };
    words.chars().map(one).sum::<f64>() * f64::from(size)
}

/// The beginning of a text that fits into `width`, with `…` where it was cut.
fn shortened(words: &str, width: f64, size: u32) -> String {
    if width_of(words, size) <= width {
        return words.to_owned();
    }
    let mut short = String::new();
    for character in words.chars() {
        short.push(character);
        if width_of(&short, size) + f64::from(size) > width {
            break;
        }
    }
    format!("{}…", short.trim_end())
}

/// Steps of an axis from 0 to at least `most`: round numbers, about `wanted` of them.
pub(super) fn ticks(most: f64, wanted: f64) -> Vec<f64> {
    if most <= 0.0 || !most.is_finite() {
        return vec![0.0, 1.0];
    }
    let rough = most / wanted;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough);
    let step = step.unwrap_or(power);
    let last = (most / step - 1e-9).ceil() as u32;
    (0..=last).map(|number| f64::from(number) * step).collect()
}

/// How many decimals tell the steps of an axis apart.
pub(super) fn decimals(ticks: &[f64]) -> usize {
    let step = ticks.get(1).copied().unwrap_or(1.0);
    if step >= 1.0 {
        0
    } else if step >= 0.1 {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_steps_that_reach_the_largest_number() {
        assert_eq!(ticks(7.3, 4.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(0.9, 4.0).last(), Some(&1.0));
        assert_eq!(ticks(0.0, 4.0), [0.0, 1.0]);
        assert_eq!(decimals(&ticks(0.9, 4.0)), 1);
    }

    #[test]
    fn words_of_the_study_cannot_become_markup() {
        let mut canvas = Canvas::new("x", Links::ToQuotes);
        canvas.fitted((0.0, 0.0), Anchor::Start, Ink::Text, 12, "<script>alert(1)</script> \"og\" mer", 40.0);
        let picture = canvas.finish(10.0, 10.0, "</title><b>".to_owned(), String::new());
        assert!(!picture.svg.contains("<script") && !picture.svg.contains("<b>"), "{}", picture.svg);
    }
}
