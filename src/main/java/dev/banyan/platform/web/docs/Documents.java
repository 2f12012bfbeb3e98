package dev.banyan.platform.web.docs;

import module java.base;
import dev.banyan.platform.PackedFile;
import jakarta.inject.Singleton;

/// The documents for people, in the order of the menu. They are read when someone first asks for one, and kept.
@Singleton
final class Documents {

    static final String ROOT = "/docs";

    record Group(String title, List<Entry> entries) {}

    /// @param title empty for documents, which have their own
    record Entry(String path, String title, String summary) {

        static Entry document(String name, String summary) {
            return new Entry(ROOT + "/" + name, "", summary);
        }

        private Entry titled(Map<String, Document> documents) {
            Document document = documents.get(path);
            return document == null ? this : new Entry(path, document.title(), summary);
        }
    }

    private static final List<Group> CONTENTS = List.of(
            new Group(
                    "Start here",
                    List.of(Entry.document(
                            "guides/self-hosting", "Install Banyan, make it reachable, send email, back it up."))),
            new Group(
                    "Guides",
                    List.of(
                            Entry.document("guides/agency-owner", "Brands, pages, short links, members and visits."),
                            Entry.document("guides/workspace-admin", "Inbox, users, assistant and WhatsApp number."),
                            Entry.document("guides/numbers", "Pools, linking, repairs and limits."),
                            Entry.document("guides/integrator", "API keys, a first call, messages and events."))),
            new Group(
                    "How to",
                    List.of(
                            Entry.document("single-sign-on", "Sign people in with the account they have at work."),
                            Entry.document("domains", "Show pages and workspaces at your own domain."),
                            Entry.document("drivers-cloud", "Connect numbers of the WhatsApp Business Platform."),
                            Entry.document("drivers-waha", "Connect numbers through a WAHA server."),
                            Entry.document("drivers-evolution", "Connect numbers through an Evolution API server."),
                            Entry.document("exports", "Download a brand or an account, and import it again."),
                            Entry.document("moving-accounts", "Give a brand to another agency or to a person."),
                            Entry.document("support-access", "Let an operator help in your account."),
                            Entry.document("troubleshooting", "What goes wrong, why, and what to do."))),
            new Group(
                    "Reference",
                    List.of(
                            Entry.document("operations", "Install, secure, back up, watch and upgrade a server."),
                            Entry.document("configuration", "All settings of a server."),
                            Entry.document("console", "All commands of the terminal for numbers."),
                            Entry.document("drivers", "What each way to WhatsApp can do."),
                            Entry.document("security", "How people and data are protected."),
                            Entry.document("growing", "What one server carries, and several."),
                            Entry.document("glossary", "What words mean, and what the API calls it."),
                            Entry.document("changes", "What each version brings."))),
            new Group(
                    "API",
                    List.of(
                            new Entry("/docs/api", "API reference", "Every route, its fields and its answers."),
                            Entry.document(
                                    "permissions", "What a key may do, and the permission that each route needs."),
                            Entry.document("clients", "TypeScript, Python, n8n, Postman, Zapier and Make."),
                            Entry.document("webhooks", "Let other programs hear what happens."),
                            new Entry("/docs/api/events", "Webhook events", "Every event and its data."),
                            Entry.document("events", "Follow numbers and messages over a WebSocket."))));

    /// Files with other names than their pages.
    private static final Map<String, String> FILES = Map.of(ROOT + "/changes", ROOT + "/CHANGELOG");

    private record Library(List<Group> groups, Map<String, Document> documents, DocumentSearch search) {

        static Library read() {
            List<String> paths = CONTENTS.stream()
                    .flatMap(group -> group.entries().stream())
                    .filter(entry -> entry.title().isEmpty())
                    .map(Entry::path)
                    .toList();
            var documents = new LinkedHashMap<String, Document>();
            for (String path : paths) {
                documents.put(
                        path,
                        new DocumentReader(path, Set.copyOf(paths))
                                .read(PackedFile.text(Documents.class, FILES.getOrDefault(path, path) + ".md")));
            }
            List<Group> groups = CONTENTS.stream()
                    .map(group -> new Group(
                            group.title(),
                            group.entries().stream()
                                    .map(entry -> entry.titled(documents))
                                    .toList()))
                    .toList();
            return new Library(groups, documents, new DocumentSearch(documents.values()));
        }
    }

    /// The JVM fills it when the first request asks.
    private static final class Kept {
        static final Library LIBRARY = Library.read();
    }

    List<Group> groups() {
        return Kept.LIBRARY.groups();
    }

    Optional<Document> find(String path) {
        return Optional.ofNullable(Kept.LIBRARY.documents().get(path));
    }

    Optional<DocumentPicture> picture(String path) {
        boolean isShown = Kept.LIBRARY.documents().values().stream()
                .anyMatch(document -> document.pictures().contains(path));
        return isShown ? Optional.of(DocumentPicture.of(path)) : Optional.empty();
    }

    List<DocumentSearch.Found> search(String typed) {
        return Kept.LIBRARY.search().find(typed);
    }
}
