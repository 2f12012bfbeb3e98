package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.Language;
import dev.banyan.platform.Owner;

/// What is at a host: which of this server’s addresses it has, and nothing else of this server.
public sealed interface Site {

    /// What every page of ours loads.
    List<String> PARTS = List.of("/ui/", "/media/");

    Owner owner();

    /// Identifies what it was made from: a change of that makes it void.
    String subject();

    /// Returns where a path of the host leads; empty if it is not there.
    Optional<Place> place(String path);

    /// Returns false for a query that names something else than what is at the host.
    ///
    /// @param host the host of the request
    /// @param parameter the value of a parameter of the query
    default boolean answers(String host, UnaryOperator<String> parameter) {
        return true;
    }

    /// @param path on this server
    /// @param isElsewhere whether browsers are sent there, instead of being answered at once
    record Place(String path, boolean isElsewhere) {}

    private static boolean isPart(String path) {
        return PARTS.stream().anyMatch(path::startsWith);
    }

    /// A host of an account that shows nothing at present: its account is suspended, its plan has no domains, or what
    /// was there is gone.
    ///
    /// @param language of the account's pages, in which it says so
    record Away(Owner owner, Language language) implements Site {

        @Override
        public String subject() {
            return owner.account().toString();
        }

        @Override
        public Optional<Place> place(String path) {
            return Optional.empty();
        }
    }

    /// The pages of an account.
    ///
    /// @param former usernames that lead on to the account
    /// @param home the path of the page at `/`
    /// @param origin the address of the host, without a trailing slash
    record Pages(Owner owner, String username, Set<String> former, String home, String origin) implements Site {

        /// Those of [LeadingOn].
        static final List<String> WAYS = List.of("/go/", "/l/");
        private static final List<String> FILES = List.of("/robots.txt", "/sitemap.xml", "/favicon.ico");

        @Override
        public String subject() {
            return username;
        }

        @Override
        public Optional<Place> place(String path) {
            if (path.equals("/")) {
                return here(home);
            }
            if (isPart(path) || WAYS.stream().anyMatch(path::startsWith) || FILES.contains(path)) {
                return here(path);
            }
            String own = "/" + username;
            if (path.equals(own) || path.startsWith(own + "/")) {
                return here(path);
            }
            String lower = path.toLowerCase(Locale.ROOT);
            if (!lower.equals(path) && path.indexOf('%') < 0) {
                return place(lower).map(_ -> new Place(lower, true));
            }
            int end = path.indexOf('/', 1);
            if (end < 0 || end == path.length() - 1) {
                return here(own + path); // a page may have a former username as its slug
            }
            return former.contains(path.substring(1, end))
                    ? Optional.of(new Place(own + path.substring(end), true))
                    : Optional.empty();
        }

        private static Optional<Place> here(String path) {
            return Optional.of(new Place(path, false));
        }
    }

    /// @param home its path, `/s/{shortPath}`: its cookies belong there, so that is where browsers are sent
    record Workspace(Owner owner, String id, String shortId, String home) implements Site {

        /// Those that say in the query, the body or by the session which workspace they are for.
        private static final List<String> WAYS = List.of("/api/sub-client/", "/api/sub-clients/", "/favicon.ico");

        private static final Pattern IN_PROJECT = Pattern.compile("/api/projects/[^/]+/sub-clients/([^/]+)(/.*)?");

        /// Returns true if an address in a request is this workspace's, also a former one.
        public boolean isAt(String shortPath) {
            return shortPath.startsWith(shortId + "-");
        }

        @Override
        public boolean answers(String host, UnaryOperator<String> parameter) {
            return isAt(parameter.apply("shortPath").isEmpty() ? shortId + "-" : parameter.apply("shortPath"))
                    && (parameter.apply("host").isEmpty()
                            || parameter.apply("host").equalsIgnoreCase(host));
        }

        @Override
        public String subject() {
            return shortId;
        }

        @Override
        public Optional<Place> place(String path) {
            // A former address leads on: providers may still know it.
            if (path.startsWith("/s/" + shortId + "-") || isPart(path)) {
                return Optional.of(new Place(path, false));
            }
            Matcher inProject = IN_PROJECT.matcher(path);
            if (WAYS.stream().anyMatch(path::startsWith)
                    || inProject.matches() && inProject.group(1).equals(id)) {
                return Optional.of(new Place(path, false));
            }
            boolean isOfOther = path.startsWith("/s/") || path.startsWith("/api/");
            return isOfOther ? Optional.empty() : Optional.of(new Place(path.equals("/") ? home : home + path, true));
        }
    }
}
