package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.Owned;
import dev.banyan.platform.Owner;
import dev.banyan.platform.search.SearchWords;

/// An isolated environment in a project, with its own users.
///
/// @param owner the account of its project
/// @param whatsappClient its number, `wa_…`
/// @param shortId 4 or 5 letters and digits, unique on the server, never changed, case-sensitive
/// @param pathname follows the short id in the public address; not unique
/// @param customDomain its verified domain
/// @param registrationEnabled its own switch; the project's must be on as well
/// @param users the number of its users
public record Workspace(
        WorkspaceId id,
        Owner owner,
        ProjectId project,
        String name,
        Optional<String> description,
        Optional<String> whatsappClient,
        String shortId,
        String pathname,
        Optional<String> customDomain,
        boolean registrationEnabled,
        boolean suspended,
        boolean isDefault,
        long users,
        Instant createdAt,
        Instant updatedAt,
        WorkspaceBrand brand)
        implements Owned {

    private static final int LONGEST_SORT_NAME = 100;
    private static final int MOST_WORDS = 60;

    @Override
    public String idText() {
        return id.value();
    }

    /// `x7M2-marketing-department`: the public address is `/s/` and this.
    public String shortPath() {
        return shortId + "-" + pathname;
    }

    /// The folder for its files, below `files/` in the data folder.
    public String folder() {
        return folder(project, id);
    }

    public static String folder(ProjectId project, WorkspaceId id) {
        return project + "/" + id;
    }

    /// The sort key of lists.
    String sortName() {
        return sortName(name);
    }

    /// The folded name, at most 100 characters.
    static String sortName(String name) {
        String folded = SearchWords.folded(name);
        return folded.length() <= LONGEST_SORT_NAME ? folded : folded.substring(0, LONGEST_SORT_NAME);
    }

    public Workspace withBrand(WorkspaceBrand other) {
        return with(whatsappClient, suspended, other);
    }

    Workspace withWhatsappClient(Optional<String> client) {
        return with(client, suspended, brand);
    }

    /// The same workspace as visitors see it while its account is suspended.
    Workspace withSuspension() {
        return with(whatsappClient, true, brand);
    }

    private Workspace with(Optional<String> client, boolean isSuspended, WorkspaceBrand look) {
        return new Workspace(
                id,
                owner,
                project,
                name,
                description,
                client,
                shortId,
                pathname,
                customDomain,
                registrationEnabled,
                isSuspended,
                isDefault,
                users,
                createdAt,
                updatedAt,
                look);
    }

    /// Returns the words by which a search finds it.
    Set<String> searchWords() {
        return searchWords(name, pathname, shortId, description);
    }

    static Set<String> searchWords(String name, String pathname, String shortId, Optional<String> description) {
        return SearchWords.of(String.join(" ", name, pathname, shortId, description.orElse("")), MOST_WORDS);
    }
}
