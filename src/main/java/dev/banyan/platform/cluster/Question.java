package dev.banyan.platform.cluster;

/// What one node asks another. Implemented by records that Jackson can write and read again without further
/// instructions.
///
/// @param <A> a record with the answer, of the same kind
public interface Question<A extends Record> {}
