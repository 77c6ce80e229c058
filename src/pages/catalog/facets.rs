//! The left of the bank: every choice is a link that says how many items it would show.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::catalog;
use crate::components::{Button, Draw, Field, Icon, icon};
use crate::domain::bank_search::{Facet, Found, MINUTES, Wanted};
use crate::domain::interaction::Kind;
use crate::domain::skill::Level;
use crate::http::session::url_component;
use crate::pages::assessment::{kind_words, level_words};
use crate::t;

/// What the address asks for.
pub fn read(pairs: Vec<(String, String)>) -> (Wanted, usize) {
    let (mut wanted, mut page) = (Wanted::default(), 1);
    for (name, value) in pairs {
        match name.as_str() {
            "q" => value.trim().clone_into(&mut wanted.words),
            "page" => page = value.parse().unwrap_or(1).max(1),
            name => {
                let facet = Facet::ALL.into_iter().find(|facet| facet.as_str() == name);
                if let Some(facet) = facet.filter(|_| !value.is_empty()) {
                    wanted.chosen.insert(facet, value);
                }
            }
        }
    }
    (wanted, page)
}

/// The address of a search.
pub fn address(wanted: &Wanted, page: usize) -> String {
    let mut parts = Vec::new();
    if !wanted.words.is_empty() {
        parts.push(format!("q={}", url_component(&wanted.words)));
    }
    for (facet, value) in &wanted.chosen {
        parts.push(format!("{}={}", facet.as_str(), url_component(value)));
    }
    if page > 1 {
        parts.push(format!("page={page}"));
    }
    if parts.is_empty() { "/items".to_owned() } else { format!("/items?{}", parts.join("&")) }
}

/// The words of a stage.
pub fn stage_words(stage: &str) -> String {
    match stage {
        "draft" => t!("item-stage-draft"),
        "review" => t!("item-stage-review"),
        "approved" => t!("item-stage-approved"),
        "operational" => t!("item-stage-operational"),
        "pilot" => t!("item-stage-pilot"),
        "not-ready" => t!("item-stage-not-ready"),
        _ => t!("item-stage-retired"),
    }
}

fn facet_words(facet: Facet) -> String {
    match facet {
        Facet::Source => t!("item-facet-source"),
        Facet::Stage => t!("item-state"),
        Facet::Area => t!("item-facet-area"),
        Facet::Skill => t!("item-skill"),
        Facet::Level => t!("item-level"),
        Facet::Kind => t!("item-kind"),
        Facet::Minutes => t!("item-facet-minutes"),
    }
}

/// The values of a facet with their words, in the order of the screen.
fn values(facet: Facet) -> Vec<(String, String)> {
    let pair = |value: &str, words: String| (value.to_owned(), words);
    match facet {
        Facet::Source => {
            vec![pair("private", t!("item-facet-private")), pair("public", t!("item-facet-public"))]
        }
        Facet::Stage => {
            ["draft", "review", "approved", "pilot", "operational", "not-ready", "retired"]
                .map(|stage| pair(stage, stage_words(stage)))
                .into()
        }
        Facet::Area => {
            catalog::areas().iter().map(|it| pair(it.slug.as_str(), it.name.clone())).collect()
        }
        Facet::Skill => {
            catalog::skills().map(|it| pair(it.slug.as_str(), it.name.clone())).collect()
        }
        Facet::Level => Level::ALL.map(|level| pair(level.as_str(), level_words(level))).into(),
        Facet::Kind => {
            Kind::ALL.iter().map(|kind| pair(kind.as_str(), kind_words(*kind))).collect()
        }
        Facet::Minutes => MINUTES
            .iter()
            .map(|(name, _)| {
                let words = match *name {
                    "more" => t!("item-minutes-more"),
                    most => t!("item-minutes-up-to", most = most.to_owned()),
                };
                pair(name, words)
            })
            .collect(),
    }
}

/// The search field and every facet.
pub fn column(wanted: &Wanted, found: &Found) -> AnyView {
    let empty = BTreeMap::new();
    let groups =
        Facet::ALL.map(|facet| group(facet, wanted, found.counts.get(&facet).unwrap_or(&empty)));
    let hidden = wanted.chosen.iter().map(|(facet, value)| {
        view! { <input type="hidden" name=facet.as_str() value=value.clone()/> }
    });
    let is_open = !wanted.chosen.is_empty();
    view! {
        <form class="facets" method="get" action="/items" role="search" aria-label=t!("item-search")>
            <div class="row row-tight ends">
                {Field::new("q", t!("item-search")).kind("search").value(wanted.words.clone())}
                {Button::new(t!("item-filter")).draw()}
            </div>
            {hidden.collect_view()}
            // On narrow screens the choices fold behind this box; no script is needed.
            <label class="tick more"><input type="checkbox" checked=is_open/><span>{t!("item-facets")}</span></label>
            <div class="groups">{groups.into_iter().collect_view()}</div>
        </form>
    }
    .into_any()
}

fn group(facet: Facet, wanted: &Wanted, counts: &BTreeMap<String, usize>) -> Option<AnyView> {
    let chosen = wanted.chosen.get(&facet);
    let shown: Vec<(String, String, usize)> = values(facet)
        .into_iter()
        .filter_map(|(value, words)| {
            let count = counts.get(&value).copied().unwrap_or(0);
            (count > 0 || chosen == Some(&value)).then_some((value, words, count))
        })
        .collect();
    if shown.is_empty() {
        return None;
    }
    let is_long = facet == Facet::Skill && !wanted.chosen.contains_key(&Facet::Area);
    let lines = shown.into_iter().map(|(value, words, count)| {
        let mut next = wanted.clone();
        let is_chosen = chosen == Some(&value);
        if is_chosen {
            next.chosen.remove(&facet);
        } else {
            next.chosen.insert(facet, value);
            if facet == Facet::Area {
                next.chosen.remove(&Facet::Skill);
            }
        }
        let mark = is_chosen.then(|| {
            view! {
                {icon(Icon::Cross)}<span class="unseen">{t!("item-facet-drop")} " "</span>
            }
        });
        view! {
            <li>
                <a class="tick" href=address(&next, 1) aria-current=is_chosen.then_some("true")>
                    {mark}<span>{words}</span><span class="n">{count}</span>
                </a>
            </li>
        }
    });
    let list = view! { <ul class="plain">{lines.collect_view()}</ul> };
    let body = if is_long && chosen.is_none() {
        view! { <details><summary>{facet_words(facet)}</summary>{list}</details> }.into_any()
    } else {
        view! { <h2>{facet_words(facet)}</h2>{list} }.into_any()
    };
    Some(view! { <section>{body}</section> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_its_address() {
        let pairs = [("q", "a & b"), ("level", "mid"), ("page", "3"), ("nonsense", "x")];
        let (wanted, page) =
            read(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect());
        assert_eq!(address(&wanted, page), "/items?q=a%20%26%20b&level=mid&page=3");
        assert_eq!(address(&Wanted::default(), 1), "/items");
    }
}
