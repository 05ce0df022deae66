//! Processes of our own that read PDFs, so that no file can crash, hang or bloat the run.
//!
//! The program starts itself with a hidden command. Such a process takes papers one after the other on its standard
//! input and answers on its standard output, since starting one costs more than reading; each is one frame: eight bytes
//! of length, lowest first, then the bytes. Whoever reads files borrows a process and puts it back; one that comes to
//! grief is ended, and the next paper gets a new one. What a paper may have is decided by its size, pages and objects; a
//! process may also take only so much memory, and only so long.

use crate::source::paper::{PaperText, PdfFault, PdfReader, read_pdf};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Name of the hidden command.
pub const READ_PAPERS: &str = "read-papers";

/// The last resort against a paper that never ends; one of the size allowed takes some hundredths of a second.
const PAPER_SECONDS_MAX: u64 = 30;
/// Bytes that an answer may have.
const ANSWER_BYTES_MAX: u64 = 256 << 20;
/// Papers that one process reads: what a library keeps behind our back stays bounded.
const PAPERS_PER_PROCESS_MAX: u32 = 500;
/// Memory that the process may take.
#[cfg(unix)]
const PROCESS_BYTES_MAX: u64 = 1 << 29;

/// Readers of PDFs, each in its own process.
#[derive(Debug)]
pub(super) struct Readers {
    program: PathBuf,
    patience: Duration,
    idle: Mutex<Vec<Reader>>,
}

#[derive(Debug)]
struct Reader {
    child: Child,
    input: ChildStdin,
    answers: Receiver<io::Result<Vec<u8>>>,
    papers: u32,
}

impl Readers {
    pub fn new(program: PathBuf) -> Readers {
        Readers { program, patience: Duration::from_secs(PAPER_SECONDS_MAX), idle: Mutex::new(Vec::new()) }
    }

    fn borrow(&self) -> Result<Reader, PdfFault> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| Reader::start(&self.program), Ok)
    }
}

impl PdfReader for Readers {
    fn read_pdf(&self, bytes: &[u8]) -> Result<PaperText, PdfFault> {
        let mut reader = self.borrow()?;
        let answer = reader.ask(bytes, self.patience);
        let is_sound =
            !matches!(answer, Err(PdfFault::Crashed | PdfFault::TimedOut { .. } | PdfFault::NoReader { .. }));
        if is_sound && reader.papers < PAPERS_PER_PROCESS_MAX {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        }
        answer
    }
}

impl Reader {
    fn start(program: &PathBuf) -> Result<Reader, PdfFault> {
        let no_reader = |error: io::Error| PdfFault::NoReader { why: error.to_string() };
        let mut child = Command::new(program)
            .arg(READ_PAPERS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(no_reader)?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let Some((input, mut output)) = pipes else {
            return Err(no_reader(io::Error::from(io::ErrorKind::BrokenPipe)));
        };
        let (answer, answers) = channel();
        // A read cannot be given up after a while; waiting for the thread that reads can.
        thread::spawn(move || {
            loop {
                let frame = read_frame(&mut output, ANSWER_BYTES_MAX)
                    .and_then(|frame| frame.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof)));
                let is_over = frame.is_err();
                if answer.send(frame).is_err() || is_over {
                    break;
                }
            }
        });
        Ok(Reader { child, input, answers, papers: 0 })
    }

    fn ask(&mut self, bytes: &[u8], patience: Duration) -> Result<PaperText, PdfFault> {
        self.papers = self.papers.saturating_add(1);
        write_frame(&mut self.input, bytes).map_err(|_| PdfFault::Crashed)?;
        match self.answers.recv_timeout(patience) {
            Ok(Ok(answer)) => serde_json::from_slice(&answer).unwrap_or(Err(PdfFault::Crashed)),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(PdfFault::Crashed),
            Err(RecvTimeoutError::Timeout) => Err(PdfFault::TimedOut { seconds: patience.as_secs() }),
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to be done about one that cannot be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The work of such a process: reads papers until its input ends.
///
/// # Errors
/// The pipes are broken: nobody waits for the answer any more.
pub fn read_papers(input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    limit_memory();
    // One byte more than a paper may have is enough to say that it has too many.
    while let Some(bytes) = read_frame(input, u64::MAX)? {
        let answer = read_pdf(&bytes);
        write_frame(output, &serde_json::to_vec(&answer)?)?;
    }
    Ok(())
}

/// Where the system knows such a limit, it is set; elsewhere the size allowed and the time must do.
#[cfg(unix)]
fn limit_memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = Rlimit { current: Some(PROCESS_BYTES_MAX), maximum: Some(PROCESS_BYTES_MAX) };
    // A system that refuses still has the other limits.
    let _ = setrlimit(Resource::As, most);
}

#[cfg(not(unix))]
fn limit_memory() {}

fn write_frame(output: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    output.write_all(&length.to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// The next frame; `None` where the input ends before it.
fn read_frame(input: &mut dyn Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read(&mut length[..1])? {
        0 => return Ok(None),
        _ => input.read_exact(&mut length[1..])?,
    }
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    let found = input.take(length.min(most)).read_to_end(&mut bytes)?;
    if u64::try_from(found).unwrap_or(u64::MAX) < length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
    }
    Ok(Some(bytes))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn readers(name: &str, script: &str) -> Readers {
        let path = std::env::temp_dir().join(format!("payproof-{}-{name}", std::process::id()));
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        Readers { patience: Duration::from_millis(200), ..Readers::new(path) }
    }

    #[test]
    fn a_reader_that_hangs_dies_or_talks_nonsense_is_given_up() {
        let hanging = readers("hangs", "#!/bin/sh\nexec sleep 60\n");
        assert_eq!(hanging.read_pdf(b"%PDF-"), Err(PdfFault::TimedOut { seconds: 0 }));
        let dying = readers("dies", "#!/bin/sh\nexit 101\n");
        assert_eq!(dying.read_pdf(b"%PDF-"), Err(PdfFault::Crashed));
        let babbling = readers("babbles", "#!/bin/sh\nprintf '\\003\\0\\0\\0\\0\\0\\0\\0abc'\nexec sleep 60\n");
        assert_eq!(babbling.read_pdf(b"%PDF-"), Err(PdfFault::Crashed));
        for given_up in [hanging, dying, babbling] {
            assert!(given_up.idle.lock().unwrap().is_empty());
            let _ = std::fs::remove_file(&given_up.program);
        }
        let missing = Readers::new(PathBuf::from("no-such-program"));
        assert!(matches!(missing.read_pdf(b"%PDF-"), Err(PdfFault::NoReader { .. })));
    }

    #[test]
    fn papers_are_read_one_after_the_other_until_the_input_ends() {
        let mut input = Vec::new();
        write_frame(&mut input, b"no PDF").unwrap();
        write_frame(&mut input, b"").unwrap();
        let mut output = Vec::new();
        while let Some(bytes) = read_frame(&mut input.as_slice(), u64::MAX).unwrap() {
            input.drain(..8 + bytes.len());
            write_frame(&mut output, &bytes).unwrap();
        }
        assert_eq!(read_frame(&mut output.as_slice(), u64::MAX).unwrap(), Some(b"no PDF".to_vec()));
        assert!(read_frame(&mut &output[..5], u64::MAX).is_err());
        assert_eq!(read_frame(&mut &[][..], u64::MAX).unwrap(), None);
    }
}
