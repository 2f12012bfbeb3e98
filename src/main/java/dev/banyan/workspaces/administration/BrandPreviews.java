package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.signin.WorkspaceLoginPage;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Renders the real sign-in page of a workspace with unsaved appearance settings, for the preview on the settings page.
/// Nothing can be submitted from it.
@Exempt(from = "onlyResourcesSpeakHttp", because = "renders one page for two resources")
@Singleton
record BrandPreviews(WorkspacePageGuard at) {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; "
                    + "base-uri 'none'; frame-ancestors 'self'";

    Response of(Call call, Workspace workspace, boolean registrationOpen, WorkspaceBrands.BrandRequest wanted) {
        Workspace tried = workspace.withBrand(WorkspaceBrands.tried(workspace.brand(), wanted));
        var page = new WorkspaceLoginPage(
                at.door(call, tried, "Preview"),
                "",
                Optional.empty(),
                Optional.empty(),
                registrationOpen,
                Optional.empty(),
                Optional.empty(),
                "",
                true);
        return Response.fromResponse(Html.ok(page))
                .header("Content-Security-Policy", POLICY)
                .build();
    }
}
