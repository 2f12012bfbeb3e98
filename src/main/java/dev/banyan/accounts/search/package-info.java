/// The search for everything that a member can see: brands, pages, numbers, settings, and what can be done.
///
/// Owns no tables: each package finds its own things in its own index. May call the core and `context`.
///
/// A [dev.banyan.accounts.search.SearchSource] finds one kind of thing; packages contribute theirs, and `Searches` asks
/// all of them in one transaction. The scope says which accounts and permissions the member has, so a source can't
/// forget it. Begin with `Searches` and `SearchSource`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.search;
