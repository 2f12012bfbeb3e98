package dev.banyan.pages;

/// An icon that links to an account's other presence; the same on all its pages.
///
/// @param platform such as `instagram`; an unknown one is drawn as a globe
public record SocialIcon(String id, String platform, String url, int position, boolean active) {}
