//! All components together.

use super::gallery_board::{Boards, Editors};
use super::gallery_table::Tables;
use super::{
    Badge, Band, Breadcrumbs, Button, ButtonKind, ButtonLink, Card, CardList, Chip, ChipList, Choice,
    ChoiceKind, DateBlock, Disclosure, EmptyState, Fact, FactList, Field, FilterGroup, Icon, Link, Marked,
    Notice, NoticeKind, OrganisationMark, PageHeader, Pager, Plot, PlotSize, Prose, SectionHeading,
    SelectField, SelectOption, ShareBar, ShareLink, Sheet, SheetButton, Stat, TextField, Tile, TileGrid,
    static_html,
};
use leptos::prelude::*;

/// All components together; shown in development builds only, so its texts are in no translation.
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <div class="wrap">
            <Breadcrumbs label="You are here" links=vec![Link::new("/", "Home"), Link::new("#", "Style")] />
            <header class="page-header">
                <h1>"Components"</h1>
            </header>
            <Buttons />
            <Plots />
            <Lists />
            <Forms />
            <Messages />
            <Tables />
            <Boards />
            <Editors />
        </div>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let icons = Icon::ALL.iter().map(|icon| icon.view()).collect_view();
    let links = vec![ShareLink { href: "mailto:".into(), label: "Mail".into(), icon: Icon::Mail }];
    static_html(view! {
        <section class="section">
            <SectionHeading title="Buttons, icons, chips" more=Some(Link::new("#", "All of them")) />
            <p class="actions">
                <Button kind=ButtonKind::Primary icon=Icon::Search>
                    "Primary"
                </Button>
                <Button r#type="button">"Quiet"</Button>
                <Button r#type="button" disabled=true>
                    "Disabled"
                </Button>
                <ButtonLink href="#" icon=Icon::Calendar>
                    "A link"
                </ButtonLink>
                <Badge>"New"</Badge>
            </p>
            <ChipList label="Chosen filters">
                <Chip href="#" label="hbo" action="Remove filter hbo" />
                <Chip href="#" label="februari 2027" action="Remove filter februari 2027" />
            </ChipList>
            <p class="chips">{icons}</p>
            <p class="chips"></p>
            <ShareBar label="Share" links=links>
                <Button r#type="button" icon=Icon::Print>
                    "Print"
                </Button>
            </ShareBar>
        </section>
    })
}

#[component]
fn Plots() -> impl IntoView {
    let tiles =
        ["IJsselmetaal", "Robotica Oost", "Hamaland Machines", "Broedlust Foods", "Warmtenet Energie"]
            .map(|name| view! { <Tile href="#" name=name meta="Ulft · 4 open" /> })
            .collect_view();
    static_html(view! {
        <section class="section">
            <SectionHeading title="Plots and tiles" />
            <p class="actions">
                <Plot name="SmartHub" size=PlotSize::Small />
                <OrganisationMark name="SmartHub" />
                <Plot name="SmartHub" size=PlotSize::Large />
            </p>
            <p class="chips"></p>
            <Band name="SmartHub" />
            <p class="chips"></p>
            <TileGrid>{tiles}</TileGrid>
        </section>
    })
}

#[component]
fn Lists() -> impl IntoView {
    let title = Marked::new("Cobot for the lasrobotcel: from hours to minutes", vec![0..5, 14..22]);
    let pages =
        vec![Link::new("#", "1").current(true), Link::new("#", "2"), Link::new("", "…"), Link::new("#", "9")];
    let facts = vec![
        Fact::new("Start", "1 februari 2027"),
        Fact::new("Allowance", "€ 600"),
        Fact::new("Place", "Terborg"),
    ];
    static_html(view! {
        <section class="section">
            <SectionHeading title="Lists" />
            <CardList>
                <Card
                    href="#"
                    title=title
                    name="Robotica Oost"
                    meta="Robotica Oost · Terborg, 6 km"
                    kind="Graduation"
                    facts=vec!["hbo".into(), "€ 600 p/m".into(), "20 weeks".into()]
                >
                    <Badge>"4 of 5"</Badge>
                </Card>
                <Card
                    href="#"
                    title="A company visit"
                    lead=|| view! { <DateBlock datetime="2026-11-26" day="26" month="nov" /> }
                    meta="19:30, Zelhem"
                    kind="Visit"
                />
            </CardList>
            <Pager label="Pages" pages=pages next=Some(Link::new("#", "Next")) />
            <p class="chips"></p>
            <FactList facts=facts />
            <p class="chips"></p>
            <PageHeader
                owner="Robotica Oost"
                href="#"
                place="Terborg"
                title="Cobot for the lasrobotcel"
                facts=["Graduation", "hbo"].map(str::to_owned)
            >
                <li>
                    <Badge>"closes in 3 days"</Badge>
                </li>
            </PageHeader>
            <dl class="stats">
                <Stat figure="68" label="open" />
                <Stat figure="64" label="members" />
            </dl>
        </section>
    })
}

#[component]
fn Forms() -> impl IntoView {
    let options = vec![SelectOption::new("1", "One").selected(true), SelectOption::new("2", "Two")];
    static_html(view! {
        <section class="section">
            <SectionHeading title="Forms" />
            <div class="search-layout">
                <Sheet
                    id="filters"
                    title="Filters"
                    close="Close"
                    foot=|| view! { <Button kind=ButtonKind::Primary>"Show 34"</Button> }
                >
                    <FilterGroup legend="Kind">
                        <Choice name="kind" value="a" label="Internship" checked=true count=Some(41) />
                        <Choice name="kind" value="b" label="Job" count=Some(0) />
                    </FilterGroup>
                    <FilterGroup legend="Order">
                        <Choice name="order" value="a" label="Newest" kind=ChoiceKind::One checked=true />
                        <Choice name="order" value="b" label="Nearest" kind=ChoiceKind::One />
                    </FilterGroup>
                </Sheet>
                <div>
                    <Field name="name" label="Name" autocomplete="name" required=true />
                    <Field
                        name="email"
                        label="E-mail"
                        r#type="email"
                        value="jan@"
                        hint="Only used to answer you."
                        error=Some("This is not an address yet.".to_owned())
                    />
                    <SelectField name="select" label="One of" options=options />
                    <TextField name="text" label="Why you" hint="A few sentences are enough." />
                    <Disclosure summary="More">
                        <p>"Unfolded."</p>
                    </Disclosure>
                    <SheetButton sheet="filters">"Filters"</SheetButton>
                </div>
            </div>
        </section>
    })
}

#[component]
fn Messages() -> impl IntoView {
    static_html(view! {
        <section class="section">
            <SectionHeading title="Messages" />
            <Notice>"Kept."</Notice>
            <Notice kind=NoticeKind::Warning>"Closes tomorrow."</Notice>
            <Notice kind=NoticeKind::Error>"It did not work."</Notice>
            <Prose html="<h2>Prose</h2><p>Running text with <a href='#'>a link</a>.</p><ul><li>One</li><li>Two</li></ul>" />
            <EmptyState name="Nothing" title="Nothing found">
                <p>"Take a filter off, or search further away."</p>
                <ButtonLink href="#">"Show all"</ButtonLink>
            </EmptyState>
        </section>
    })
}
