package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.web.gate.BodyDoor;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import jakarta.inject.Singleton;

/// Lets browsers bring the answer of a SAML provider, which is long for people in many groups, to a workspace that has
/// one. Whether the answer is genuine shows only once all of it is there.
@Singleton
record SamlDoor(WorkspaceLookup lookup, Database database) implements BodyDoor {

    private static final Pattern ACS = Pattern.compile("/s/([^/]+)/sso/acs");

    @Override
    public boolean leads(String path) {
        return ACS.matcher(path).matches();
    }

    @Override
    public Optional<String> owner(String path) {
        return workspace(path)
                .filter(workspace -> database.read(
                        workspace.owner().tenant(),
                        tx -> new WorkspaceSsoStore(tx)
                                .find(StoredSso.owner(workspace))
                                .filter(stored -> stored.provider() instanceof SsoProvider.Saml)
                                .isPresent()))
                .map(workspace -> "saml " + workspace.id());
    }

    private Optional<Workspace> workspace(String path) {
        Matcher acs = ACS.matcher(path);
        return acs.matches() ? workspace(lookup.find(acs.group(1))) : Optional.empty();
    }

    /// A provider may have been told a former address.
    private Optional<Workspace> workspace(LookedUp found) {
        return switch (found) {
            case LookedUp.Found here -> Optional.of(here.workspace());
            case LookedUp.Moved moved ->
                lookup.find(moved.shortPath()) instanceof LookedUp.Found here
                        ? Optional.of(here.workspace())
                        : Optional.empty();
            case LookedUp.NotFound _, LookedUp.NotEnabled _ -> Optional.empty();
        };
    }
}
