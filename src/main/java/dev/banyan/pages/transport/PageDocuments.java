package dev.banyan.pages.transport;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.pages.DeletedDocument;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.MessageButton;
import dev.banyan.pages.Page;
import dev.banyan.platform.document.JsonDocument;

/// How pages look in an archive (docs/exports.md).
final class PageDocuments {

    /// @param isDefault whether the account's address shows it
    /// @param position among the account's pages
    /// @param timeZone missing if it has the account's
    /// @param appearance in the form of the API, with the ids of pictures below `copies`
    record PageDocument(
            String id,
            String slug,
            String name,
            boolean isDefault,
            boolean published,
            int position,
            String createdAt,
            Optional<String> timeZone,
            List<OfGroup> groups,
            List<DeletedDocument.OfLink> links,
            Optional<JsonNode> appearance,
            Optional<OfButton> messageButton) {}

    record OfGroup(String id, String title, int position, boolean active, String layout, boolean collapsed) {}

    /// @param pool the number that answers, which doesn't come along
    record OfButton(String pool, String label, String greeting, long clicks) {}

    /// @param use of the picture, such as `avatar`
    /// @param file its name below `pictures/`
    /// @param source its original address; missing if it was uploaded
    record OfPicture(String id, String use, String file, Optional<String> source) {}

    record OfIcon(String platform, String url, int position, boolean active) {}

    private PageDocuments() {}

    static PageDocument of(
            Page page,
            List<LinkGroup> groups,
            List<Link> links,
            Optional<String> look,
            Optional<MessageButton> button) {
        return new PageDocument(
                page.id().toString(),
                page.slug(),
                page.name(),
                page.isDefault(),
                page.published(),
                page.position(),
                page.createdAt().toString(),
                page.zone().map(ZoneId::getId),
                groups.stream()
                        .map(group -> new OfGroup(
                                group.id(),
                                group.title(),
                                group.position(),
                                group.active(),
                                group.layout().key(),
                                group.collapsed()))
                        .toList(),
                DeletedDocument.ofPage(page, groups, links, Optional.empty(), Optional.empty())
                        .links(),
                look.map(JsonDocument::tree),
                button.map(one -> new OfButton(one.pool().value(), one.label(), one.greeting(), one.clicks())));
    }
}
