package dev.banyan.pages;

import module java.base;

/// Things by id, in order, as they were before a batch and as its steps leave them.
public final class OrderedEdits<K, V> {

    private final Map<K, V> before = new LinkedHashMap<>();
    private final Map<K, V> now = new LinkedHashMap<>();
    private final Function<V, K> id;

    public OrderedEdits(List<V> all, Function<V, K> id) {
        this.id = id;
        all.forEach(one -> before.put(id.apply(one), one));
        now.putAll(before);
    }

    public Optional<V> find(K key) {
        return Optional.ofNullable(now.get(key));
    }

    /// Returns how it was before; what the batch added is its own past.
    public V before(V changed) {
        return before.getOrDefault(id.apply(changed), changed);
    }

    public void put(V changed) {
        now.put(id.apply(changed), changed);
    }

    public void remove(K key) {
        now.remove(key);
    }

    public List<V> all() {
        return List.copyOf(now.values());
    }

    public List<V> allBefore() {
        return List.copyOf(before.values());
    }

    /// Returns true if everything is as it was before.
    public boolean isEmpty() {
        return now.equals(before);
    }

    public List<V> added() {
        return now.values().stream()
                .filter(one -> !before.containsKey(id.apply(one)))
                .toList();
    }

    public List<V> updated() {
        return now.values().stream().filter(one -> !one.equals(before(one))).toList();
    }

    public List<V> removed() {
        return before.values().stream()
                .filter(one -> !now.containsKey(id.apply(one)))
                .toList();
    }
}
