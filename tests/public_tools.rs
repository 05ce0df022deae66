//! What tools that are not ours say of a bundle: `unzip`, `qpdf`, `pdftotext`, and a browser that opens the page with
//! the network taken away. Run by `.ci/run`, which installs them.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const DEMO: &str = "fixtures/demo";

fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("public-tools-{test}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an old folder can go");
    }
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn run(program: &str, args: &[&str]) -> Output {
    let output = Command::new(program).args(args).output();
    output.unwrap_or_else(|error| panic!("{program} does not start: {error}"))
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}

/// The payload of the demo's bundle, unpacked by a public tool.
fn payload(place: &Path) -> PathBuf {
    let zip = place.join("claim.zip");
    let claim = Command::new(env!("CARGO_BIN_EXE_payproof"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["claim", DEMO, "--lang", "zh", "--output", shown(&zip)])
        .output()
        .expect("payproof starts");
    assert!(claim.status.success(), "{}", text(&claim));
    let tested = run("unzip", &["-t", shown(&zip)]);
    assert!(tested.status.success(), "{}", text(&tested));
    let unpacked = run("unzip", &["-q", shown(&zip), "-d", shown(place)]);
    assert!(unpacked.status.success(), "{}", text(&unpacked));
    place.join("payproof-claim/data")
}

/// The files of a folder and of those below it that end so.
fn ending(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(ending(&path, end));
        } else if path.extension().is_some_and(|extension| extension == end) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every amount at stake, as the documents write it.
fn stakes(payload: &Path) -> Vec<String> {
    let json = fs::read_to_string(payload.join("discrepancies.json")).expect("the table as JSON");
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let cases = report["cases"].as_array().expect("cases");
    let stake = |case: &Value| {
        let money = &case["at_stake"];
        format!("{} {}", money["amount"].as_str().expect("an amount"), money["currency"].as_str().expect("a currency"))
    };
    cases.iter().map(stake).collect()
}

#[test]
#[ignore = "needs unzip, qpdf and poppler-utils"]
fn the_pdfs_are_sound_and_say_every_amount() {
    let payload = payload(&folder("pdf"));
    let pdfs = ending(&payload, "pdf");
    assert!(pdfs.len() >= 4, "{pdfs:?}");
    for pdf in &pdfs {
        let checked = run("qpdf", &["--check", shown(pdf)]);
        assert!(checked.status.success(), "{}: {}", pdf.display(), text(&checked));
        let is_letter = pdf.to_string_lossy().contains("letter");
        let info = text(&run("pdfinfo", &[shown(pdf)]));
        let one_page = info.lines().any(|line| line.starts_with("Pages:") && line.trim_end().ends_with(" 1"));
        assert!(one_page || !is_letter, "{}: a letter is one page\n{info}", pdf.display());
    }
    let stakes = stakes(&payload);
    assert!(!stakes.is_empty());
    for report in pdfs.iter().filter(|pdf| pdf.to_string_lossy().contains("report-")) {
        let words = text(&run("pdftotext", &["-layout", shown(report), "-"]));
        for stake in &stakes {
            assert!(words.contains(stake), "{} does not say {stake}", report.display());
        }
    }
    let chinese = text(&run("pdftotext", &["-layout", shown(&payload.join("report-zh.pdf")), "-"]));
    assert!(chinese.contains("重复扣款"), "the Chinese text cannot be read");
}

#[test]
#[ignore = "needs unzip and Chromium"]
fn a_browser_opens_the_page_without_a_word_or_a_request() {
    let place = folder("browser");
    let payload = payload(&place);
    let pages = ending(&payload, "html");
    assert_eq!(pages.len(), 2, "{pages:?}");
    for page in pages {
        let profile = format!("--user-data-dir={}", shown(&place.join("profile")));
        let address = format!("file://{}", shown(&page));
        let seen = run(
            "chromium",
            &[
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--enable-logging=stderr",
                "--v=0",
                &profile,
                "--dump-dom",
                &address,
            ],
        );
        assert!(seen.status.success(), "{}", text(&seen));
        let complaints = String::from_utf8_lossy(&seen.stderr).into_owned();
        assert!(!complaints.contains("CONSOLE"), "{complaints}");
        let shown_page = String::from_utf8_lossy(&seen.stdout).into_owned();
        for stake in stakes(&payload) {
            assert!(shown_page.contains(&stake), "{} does not say {stake}", page.display());
        }
        // A page that asks for nothing holds no address to ask.
        for asking in ["src=", "@import", "url(", "<script", "<link"] {
            assert!(!shown_page.contains(asking), "{} holds {asking}", page.display());
        }
    }
}
