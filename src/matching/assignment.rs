//! The optimal one-to-one assignment of rows on the left to rows on the right.
//!
//! Most pairs first, then the least sum of costs, compared component by component. Solved exactly by successive
//! shortest augmenting paths with node potentials; whole numbers only, so ties are ties and the answer is the same on
//! every machine. After the optimum, the zero-cost cycles of the residual graph tell which pairs another, equally good
//! assignment would make differently.
//!
//! # Worked example
//! Charges A and B, invoices x and y; costs A–x 1, A–y 2, B–x 2. Taking the cheapest pair A–x first leaves B alone.
//! The optimum joins both: A–y and B–x.
//!
//! A larger engine (class compression, certificate) can replace [`assign`] without its callers noticing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::{Add, Sub};

/// Number of components of a cost, most important first.
pub const COST_PARTS: usize = 5;

/// A cost of several components, compared lexicographically.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost(pub [i64; COST_PARTS]);

impl Add for Cost {
    type Output = Cost;
    fn add(self, other: Cost) -> Cost {
        Cost(std::array::from_fn(|part| self.0[part] + other.0[part]))
    }
}

impl Sub for Cost {
    type Output = Cost;
    fn sub(self, other: Cost) -> Cost {
        Cost(std::array::from_fn(|part| self.0[part] - other.0[part]))
    }
}

/// One admissible pair. Components of its cost are not negative.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Index on the left.
    pub left: usize,
    /// Index on the right.
    pub right: usize,
    /// What the pair costs.
    pub cost: Cost,
}

/// The optimum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// For each left row, the index into the edges of its pair.
    pub edge_of_left: Vec<Option<usize>>,
    /// For each left row, the number of the group of rows that an equally good assignment would pair otherwise.
    pub tie_of_left: Vec<Option<usize>>,
    /// The same for each right row.
    pub tie_of_right: Vec<Option<usize>>,
}

/// One directed arc of the residual graph; arc `i ^ 1` is its reverse.
struct Arc {
    to: usize,
    cost: Cost,
    open: bool,
}

struct Graph {
    arcs: Vec<Arc>,
    from: Vec<Vec<usize>>,
    potential: Vec<Cost>,
}

impl Graph {
    fn new(nodes: usize) -> Graph {
        Graph { arcs: Vec::new(), from: vec![Vec::new(); nodes], potential: vec![Cost::default(); nodes] }
    }

    fn connect(&mut self, from: usize, to: usize, cost: Cost) {
        self.from[from].push(self.arcs.len());
        self.arcs.push(Arc { to, cost, open: true });
        self.from[to].push(self.arcs.len());
        self.arcs.push(Arc { to: from, cost: Cost::default() - cost, open: false });
    }

    fn reduced(&self, from: usize, arc: &Arc) -> Cost {
        arc.cost + self.potential[from] - self.potential[arc.to]
    }

    /// Sends one unit along the cheapest path; false where none is left.
    fn augment(&mut self, source: usize, sink: usize) -> bool {
        let nodes = self.from.len();
        let mut distance: Vec<Option<Cost>> = vec![None; nodes];
        let mut arrived_by: Vec<Option<usize>> = vec![None; nodes];
        let mut heap = BinaryHeap::from([Reverse((Cost::default(), source))]);
        distance[source] = Some(Cost::default());
        while let Some(Reverse((so_far, node))) = heap.pop() {
            if distance[node] != Some(so_far) {
                continue;
            }
            for &index in &self.from[node] {
                let arc = &self.arcs[index];
                if !arc.open {
                    continue;
                }
                let next = so_far + self.reduced(node, arc);
                if distance[arc.to].is_none_or(|known| next < known) {
                    distance[arc.to] = Some(next);
                    arrived_by[arc.to] = Some(index);
                    heap.push(Reverse((next, arc.to)));
                }
            }
        }
        let Some(total) = distance[sink] else { return false };
        for (potential, distance) in self.potential.iter_mut().zip(&distance) {
            *potential = *potential + distance.map_or(total, |found| found.min(total));
        }
        let mut node = sink;
        while let Some(index) = arrived_by[node] {
            self.arcs[index].open = false;
            self.arcs[index ^ 1].open = true;
            node = self.arcs[index ^ 1].to;
        }
        true
    }

    /// Strongly connected components over open arcs of no reduced cost: nodes of one component can trade places.
    fn zero_components(&self) -> Vec<usize> {
        let nodes = self.from.len();
        let mut reverse: Vec<Vec<usize>> = vec![Vec::new(); nodes];
        let mut forward: Vec<Vec<usize>> = vec![Vec::new(); nodes];
        for (node, arcs) in self.from.iter().enumerate() {
            for arc in arcs.iter().map(|index| &self.arcs[*index]) {
                if arc.open && self.reduced(node, arc) == Cost::default() {
                    forward[node].push(arc.to);
                    reverse[arc.to].push(node);
                }
            }
        }
        let mut order = Vec::new();
        let mut seen = vec![false; nodes];
        for start in 0..nodes {
            finish_order(start, &forward, &mut seen, &mut order);
        }
        let mut component = vec![usize::MAX; nodes];
        for (number, &start) in order.iter().rev().enumerate() {
            let mut stack = vec![start];
            while let Some(node) = stack.pop() {
                if component[node] == usize::MAX {
                    component[node] = number;
                    stack.extend(&reverse[node]);
                }
            }
        }
        component
    }
}

/// Appends the nodes reachable from `start` in the order in which a depth-first walk leaves them.
fn finish_order(start: usize, forward: &[Vec<usize>], seen: &mut [bool], order: &mut Vec<usize>) {
    if seen[start] {
        return;
    }
    seen[start] = true;
    let mut stack = vec![(start, 0)];
    while let Some((node, next)) = stack.pop() {
        match forward[node].get(next) {
            None => order.push(node),
            Some(&to) => {
                stack.push((node, next + 1));
                if !seen[to] {
                    seen[to] = true;
                    stack.push((to, 0));
                }
            }
        }
    }
}

/// Finds the optimal assignment of `lefts` to `rights` rows over the admissible edges.
pub fn assign(lefts: usize, rights: usize, edges: &[Edge]) -> Assignment {
    let mut result = Assignment {
        edge_of_left: vec![None; lefts],
        tie_of_left: vec![None; lefts],
        tie_of_right: vec![None; rights],
    };
    let mut ties = 0;
    for component in components(lefts, rights, edges) {
        solve(&component, edges, &mut result, &mut ties);
    }
    result
}

/// Splits the edges into independent components, in the order of their first edge.
fn components(lefts: usize, rights: usize, edges: &[Edge]) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..lefts + rights).collect();
    fn root(parent: &mut [usize], mut node: usize) -> usize {
        while parent[node] != node {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        node
    }
    for edge in edges {
        let (a, b) = (root(&mut parent, edge.left), root(&mut parent, lefts + edge.right));
        parent[a.max(b)] = a.min(b);
    }
    let mut by_root: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, edge) in edges.iter().enumerate() {
        by_root.entry(root(&mut parent, edge.left)).or_default().push(index);
    }
    by_root.into_values().collect()
}

/// Solves one component and writes pairs and ties into the result.
fn solve(component: &[usize], edges: &[Edge], result: &mut Assignment, ties: &mut usize) {
    if let [only] = component {
        result.edge_of_left[edges[*only].left] = Some(*only);
        return;
    }
    let mut lefts: Vec<usize> = component.iter().map(|index| edges[*index].left).collect();
    let mut rights: Vec<usize> = component.iter().map(|index| edges[*index].right).collect();
    for list in [&mut lefts, &mut rights] {
        list.sort_unstable();
        list.dedup();
    }
    let (source, sink) = (lefts.len() + rights.len(), lefts.len() + rights.len() + 1);
    let left_node = |left: usize| lefts.binary_search(&left).unwrap_or(0);
    let right_node = |right: usize| lefts.len() + rights.binary_search(&right).unwrap_or(0);
    let mut graph = Graph::new(sink + 1);
    for &index in component {
        graph.connect(left_node(edges[index].left), right_node(edges[index].right), edges[index].cost);
    }
    for node in 0..lefts.len() {
        graph.connect(source, node, Cost::default());
    }
    for node in lefts.len()..source {
        graph.connect(node, sink, Cost::default());
    }
    while graph.augment(source, sink) {}
    for (position, &index) in component.iter().enumerate() {
        if !graph.arcs[position * 2].open {
            result.edge_of_left[edges[index].left] = Some(index);
        }
    }
    let number = graph.zero_components();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, component) in number.iter().enumerate() {
        members.entry(*component).or_default().push(node);
    }
    for nodes in members.into_values().filter(|nodes| nodes.len() > 1) {
        for node in nodes.into_iter().filter(|node| *node < source) {
            match node.checked_sub(lefts.len()) {
                None => result.tie_of_left[lefts[node]] = Some(*ties),
                Some(right) => result.tie_of_right[rights[right]] = Some(*ties),
            }
        }
        *ties += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edge(left: usize, right: usize, cost: i64) -> Edge {
        Edge { left, right, cost: Cost([cost, 0, 0, 0, 0]) }
    }

    fn pairs(edges: &[Edge], result: &Assignment) -> Vec<(usize, usize)> {
        result.edge_of_left.iter().flatten().map(|index| (edges[*index].left, edges[*index].right)).collect()
    }

    /// The worked example above, in the weights of a public case where best-first loses (costs are 100 minus weight).
    #[test]
    fn the_optimum_beats_the_cheapest_pair_first() {
        let edges = [edge(0, 0, 5), edge(0, 1, 6), edge(1, 0, 7), edge(1, 1, 99)];
        assert_eq!(pairs(&edges, &assign(2, 2, &edges)), [(0, 1), (1, 0)]);
    }

    #[test]
    fn two_rows_for_one_column_take_the_cheaper() {
        let edges = [edge(0, 0, 0), edge(1, 0, 29)];
        let result = assign(2, 1, &edges);
        assert_eq!(pairs(&edges, &result), [(0, 0)]);
        assert_eq!(result.tie_of_left, [None, None]);
    }

    #[test]
    fn equal_rows_are_named_as_a_tie() {
        let edges = [edge(0, 0, 3), edge(1, 0, 3), edge(2, 1, 1)];
        let result = assign(3, 2, &edges);
        assert_eq!(result.tie_of_left[0], result.tie_of_left[1]);
        assert!(result.tie_of_left[0].is_some());
        assert_eq!(result.tie_of_left[2], None);
    }

    /// All assignments by brute force: most pairs, then least cost; and the pairs of every optimum.
    fn brute_force(lefts: usize, edges: &[Edge]) -> (usize, i64, Vec<Vec<(usize, usize)>>) {
        let mut best = (0, 0, vec![Vec::new()]);
        fn walk(
            left: usize,
            lefts: usize,
            edges: &[Edge],
            chosen: &mut Vec<(usize, usize, i64)>,
            best: &mut (usize, i64, Vec<Vec<(usize, usize)>>),
        ) {
            if left == lefts {
                let cost = chosen.iter().map(|pair| pair.2).sum();
                let found: Vec<(usize, usize)> = chosen.iter().map(|pair| (pair.0, pair.1)).collect();
                match (chosen.len(), Reverse(cost)).cmp(&(best.0, Reverse(best.1))) {
                    std::cmp::Ordering::Greater => *best = (chosen.len(), cost, vec![found]),
                    std::cmp::Ordering::Equal => best.2.push(found),
                    std::cmp::Ordering::Less => {}
                }
                return;
            }
            walk(left + 1, lefts, edges, chosen, best);
            for edge in edges.iter().filter(|edge| edge.left == left) {
                if chosen.iter().all(|pair| pair.1 != edge.right) {
                    chosen.push((left, edge.right, edge.cost.0[0]));
                    walk(left + 1, lefts, edges, chosen, best);
                    chosen.pop();
                }
            }
        }
        walk(0, lefts, edges, &mut Vec::new(), &mut best);
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn agrees_with_brute_force(raw in proptest::collection::vec((0usize..6, 0usize..6, 0i64..4), 0..16)) {
            let mut edges: Vec<Edge> = raw.into_iter().map(|(l, r, c)| edge(l, r, c)).collect();
            edges.sort_by_key(|edge| (edge.left, edge.right));
            edges.dedup_by_key(|edge| (edge.left, edge.right));
            let result = assign(6, 6, &edges);
            let found = pairs(&edges, &result);
            let cost: i64 = result.edge_of_left.iter().flatten().map(|index| edges[*index].cost.0[0]).sum();
            let (size, least, optima) = brute_force(6, &edges);
            prop_assert_eq!((found.len(), cost), (size, least));
            // A row is in a tie exactly where some other optimum treats it differently.
            for left in 0..6 {
                let mine = found.iter().find(|pair| pair.0 == left).map(|pair| pair.1);
                let differs = optima.iter().any(|o| o.iter().find(|p| p.0 == left).map(|p| p.1) != mine);
                if edges.len() > 1 {
                    prop_assert_eq!(result.tie_of_left[left].is_some(), differs, "left {}", left);
                }
            }
        }
    }
}
