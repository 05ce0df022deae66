//! What stands on every page of a printed document, and where a long table goes on.

super::messages! {
    page_of(page, pages) { en: "Page {page} of {pages}", zh: "第 {page} 页，共 {pages} 页" }
    rows_elsewhere(shown, all, file) {
        en: "Rows shown: {shown} of {all}. All rows stand in {file}.",
        zh: "显示 {shown} 行，共 {all} 行。全部行见 {file}。",
    }
}
