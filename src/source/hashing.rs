//! The digest of a text that comes in pieces, made beside whatever else is done with them.

use crate::domain::Sha256Hex;
use sha2::{Digest, Sha256};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

/// Pieces that may wait to be hashed.
const WAITING_MAX: usize = 2;

/// A digest in the making.
#[derive(Debug)]
pub(super) struct Hashing {
    /// Byte of the whole text up to which all were handed over.
    seen: usize,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Here(Box<Sha256>),
    Beside(Worker),
}

/// A thread that hashes pieces, from a byte of each on, and gives their room back.
#[derive(Debug)]
struct Worker {
    pieces: SyncSender<(Vec<u8>, usize)>,
    rooms: Receiver<Vec<u8>>,
    thread: JoinHandle<Sha256>,
}

impl Worker {
    fn start(mut digest: Sha256) -> Worker {
        let (pieces, waiting) = sync_channel::<(Vec<u8>, usize)>(WAITING_MAX);
        let (done, rooms) = sync_channel(WAITING_MAX + 1);
        let thread = thread::spawn(move || {
            for (bytes, fresh) in waiting {
                digest.update(bytes.get(fresh..).unwrap_or_default());
                // Nobody may want the room any more.
                let _ = done.try_send(bytes);
            }
            digest
        });
        Worker { pieces, rooms, thread }
    }
}

impl Hashing {
    /// Begins with bytes that stand before the text.
    pub(super) fn new(before: &[u8]) -> Hashing {
        Hashing { seen: 0, place: Place::Here(Box::new(Sha256::new_with_prefix(before))) }
    }

    /// Hands over a piece that begins at a byte of the whole text; what an earlier piece held is passed over. Gives room
    /// for another piece. The first piece starts the thread: a walk may end before that.
    pub(super) fn add(&mut self, base: usize, piece: Vec<u8>) -> Vec<u8> {
        let fresh = self.seen.saturating_sub(base);
        self.seen = base + piece.len();
        if let Place::Here(digest) = &mut self.place {
            self.place = Place::Beside(Worker::start(std::mem::take(digest)));
        }
        let Place::Beside(worker) = &self.place else { return piece };
        // A thread that hashes cannot fail; the piece would come back if it did, and `finish` would notice.
        let _ = worker.pieces.send((piece, fresh));
        worker.rooms.try_recv().unwrap_or_default()
    }

    /// The digest of all bytes, the last of which are in this piece; `None` if the thread was lost.
    pub(super) fn finish(self, base: usize, piece: &[u8]) -> Option<Sha256Hex> {
        let mut digest = match self.place {
            Place::Here(digest) => *digest,
            Place::Beside(Worker { pieces, thread, .. }) => {
                drop(pieces);
                thread.join().ok()?
            }
        };
        digest.update(piece.get(self.seen.saturating_sub(base)..).unwrap_or_default());
        Some(Sha256Hex::of(&digest.finalize()))
    }
}
