package dev.banyan.platform.web.request;

import dev.banyan.platform.web.Call;
import jakarta.ws.rs.core.MultivaluedMap;

/// One way to come to the things of an owner: an interface because `platform` may call neither accounts nor
/// workspaces, whose people come in differently.
public interface OwnerEntrance {

    /// Returns what the addresses of the entrance begin with: `/api/admin/`.
    String root();

    /// Lets a request in, or throws the answer that says why not.
    ///
    /// @param ids those in the path
    /// @param as the account that the form was drawn for; empty without a form
    OwnerRequest open(Call call, MultivaluedMap<String, String> ids, String as);
}
