package dev.banyan.pages;

/// A titled group of links (LinkToMe contract 2.5).
///
/// @param collapsed whether it is closed until a visitor opens it
public record LinkGroup(
        String id, PageId page, String title, int position, boolean active, GroupLayout layout, boolean collapsed) {

    LinkGroup at(int place) {
        return new LinkGroup(id, page, title, place, active, layout, collapsed);
    }

    /// Returns a copy for another page.
    public LinkGroup copied(String as, PageId to) {
        return new LinkGroup(as, to, title, position, active, layout, collapsed);
    }
}
