package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.web.Call;
import jakarta.ws.rs.core.Response;

/// One of the two ways into a workspace's administration: from its project, or from the workspace itself as one of its
/// admins. A screen is one abstract class with all routes and texts, which is [InMenu] and whose methods take an
/// [AdminRequest], and two nested classes that say the address.
@FunctionalInterface
public interface AdminEntrance {

    /// The address of the screens on the project's side.
    String OF_PROJECT = "/projects/{projectId}/sub-clients/{subClientId}";

    /// The address of the screens for the workspace's admins.
    String OF_ADMINS = "/s/{shortPath}";

    /// Admits the sender of a form, or throws the answer that says why not.
    ///
    /// @param as the account that the form was rendered for; admins of a workspace have none
    AdminRequest open(Call call, String as);

    default Response form(Call call, String as, Function<AdminRequest, Response> work) {
        return work.apply(open(call, as));
    }

    default Response page(Call call, Function<AdminRequest, Response> work) {
        return form(call, "", work);
    }
}
