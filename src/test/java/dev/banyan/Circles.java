package dev.banyan;

import module java.base;

/// Finds cycles in a graph: its strongly connected components, by Tarjan's algorithm.
final class Circles {

    private final Map<String, Set<String>> calls;
    private final Map<String, Integer> number = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> isOpen = new HashSet<>();
    private final List<List<String>> circles = new ArrayList<>();

    private Circles(Map<String, Set<String>> calls) {
        this.calls = calls;
    }

    /// @param calls the successors of each node
    static List<List<String>> of(Map<String, Set<String>> calls) {
        var search = new Circles(calls);
        calls.keySet().stream().filter(node -> !search.number.containsKey(node)).forEach(search::visit);
        return search.circles;
    }

    private int visit(String node) {
        int own = number.size();
        number.put(node, own);
        int low = own;
        open.push(node);
        isOpen.add(node);
        for (String next : calls.getOrDefault(node, Set.of())) {
            Integer seen = number.get(next);
            if (seen == null) {
                low = Math.min(low, visit(next));
            } else if (isOpen.contains(next)) {
                low = Math.min(low, seen);
            }
        }
        if (low == own) {
            var circle = new ArrayList<String>();
            String member;
            do {
                member = open.pop();
                isOpen.remove(member);
                circle.add(member);
            } while (!member.equals(node));
            circles.add(circle);
        }
        return low;
    }
}
