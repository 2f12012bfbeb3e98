package dev.banyan.platform.cluster;

/// Marks an event that all nodes have to hear of: fired on one of them as a CDI event after the commit, it is fired on
/// each of the others too, usually within a few milliseconds. News may get lost with a node, so an observer may use it
/// to show or forget something sooner, never as the only way to learn of it.
///
/// Implemented by records that Jackson can write and read again without further instructions.
public interface News {}
