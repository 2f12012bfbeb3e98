package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// What people see of single sign-on besides the form. None of it shows what a provider or an address said.
@Singleton
public final class SsoPages {

    private final WorkspacePageGuard at;

    SsoPages(WorkspacePageGuard at) {
        this.at = at;
    }

    /// Leads on to the provider after signing out here.
    public Response signedOut(Call call, Workspace workspace, URI provider) {
        String address = provider.toASCIIString();
        return Response.fromResponse(Html.ok(new SsoSignedOutPage(at.door(call, workspace, "Signed out"), address)))
                .header("Refresh", "0; url=" + address)
                .build();
    }

    Response problem(Call call, Workspace workspace, int status, SsoWords problem) {
        return Html.answer(
                status,
                new SsoProblemPage(at.door(call, workspace, "Sign-in failed"), problem.title(), problem.text()));
    }
}
