package dev.banyan.platform.web.docs;

import module java.base;
import dev.banyan.platform.web.docs.Document.Section;
import dev.banyan.platform.web.docs.Documents.Entry;
import dev.banyan.platform.web.docs.Documents.Group;

/// What is around each page of the documentation.
///
/// @param shown the open document, whose sections are listed
/// @param query what was searched for; empty on other pages
public record DocsMenu(List<Group> groups, Optional<Document> shown, String query) {

    public boolean shows(Entry entry) {
        return shown.map(Document::path).filter(entry.path()::equals).isPresent();
    }

    public List<Section> parts() {
        return shown.map(Document::parts).orElse(List.of());
    }
}
