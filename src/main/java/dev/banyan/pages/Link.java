package dev.banyan.pages;

import module java.base;
import dev.banyan.themes.Picture;

/// One link of a page.
///
/// @param position its place on the page or in its group; ties are broken by age. The API calls it `order`.
/// @param active whether visitors see it
/// @param clicks how often visitors followed it
/// @param group the group that contains it
/// @param kind a heading has only a title, and a text only `text`; neither has an address or clicks
public record Link(
        LinkId id,
        PageId page,
        String title,
        String url,
        int position,
        boolean active,
        long clicks,
        Optional<String> group,
        LinkStyle decoration,
        Optional<LinkSchedule> schedule,
        Optional<LinkLock> lock,
        LinkKind kind,
        String text) {

    private static final int LONGEST_NAME = 60;

    /// Returns the name by which its owner finds it: the title, or the beginning of a text.
    public String name() {
        String words = text.lines().findFirst().orElse("");
        int end = words.offsetByCodePoints(0, Math.min(LONGEST_NAME, words.codePointCount(0, words.length())));
        return kind != LinkKind.TEXT ? title : end < words.length() ? words.substring(0, end) + "…" : words;
    }

    /// Creates a link with only a title and an address.
    public static Link plain(
            LinkId id, PageId page, String title, String url, int position, boolean active, long clicks) {
        return new Link(
                id,
                page,
                title,
                url,
                position,
                active,
                clicks,
                Optional.empty(),
                LinkStyle.PLAIN,
                Optional.empty(),
                Optional.empty(),
                LinkKind.LINK,
                "");
    }

    /// Returns a copy for another page, without clicks.
    Link copied(LinkId as, PageId to, Optional<String> in) {
        return new Link(as, to, title, url, position, active, 0, in, decoration, schedule, lock, kind, text);
    }

    /// Returns the link on a page of another account.
    ///
    /// @param picture the id of its picture, which is left out if that account has no copy of it
    public Link moved(
            LinkId as, PageId to, Optional<String> in, Optional<String> picture, Map<String, Picture> copies) {
        LinkStyle style = picture.isEmpty()
                ? decoration
                : decoration.withPicture(picture.flatMap(one -> Optional.ofNullable(copies.get(one))));
        return new Link(as, to, title, url, position, active, clicks, in, style, schedule, lock, kind, text);
    }

    /// Returns a link like this one with other words, without clicks.
    public Link inWords(String newTitle, String newText, String newUrl, Optional<LinkLock> newLock) {
        return new Link(
                id, page, newTitle, newUrl, position, active, 0, group, decoration, schedule, newLock, kind, newText);
    }

    /// Returns the link at another place, on the page itself or in a group.
    Link at(int place, Optional<String> in) {
        return new Link(id, page, title, url, place, active, clicks, in, decoration, schedule, lock, kind, text);
    }
}
