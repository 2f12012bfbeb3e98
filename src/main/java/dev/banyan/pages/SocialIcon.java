package dev.banyan.pages;

/// One of the small marks that lead to an account's other places; the same on all its pages.
///
/// @param platform such as `instagram`; one we do not know is drawn as a globe
public record SocialIcon(String id, String platform, String url, int position, boolean active) {}
