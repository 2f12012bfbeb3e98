package dev.banyan.pages;

/// One link of a page.
///
/// @param position its place on the page; ties are broken by age. The wire calls it `order`.
/// @param active whether visitors see it
/// @param clicks how often visitors followed it
record Link(LinkId id, PageId page, String title, String url, int position, boolean active, long clicks) {}
