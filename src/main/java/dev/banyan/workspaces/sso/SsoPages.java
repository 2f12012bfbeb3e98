package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.sso.SamlProvider.Leaving;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.access.WorkspacePageGuard.PublicPage;
import jakarta.ws.rs.core.Response;

/// What people see of single sign-on besides the form. None of it shows what a provider or an address said.
public final class SsoPages {

    private SsoPages() {}

    /// Leads on to the provider after signing out here.
    public static Response signedOut(PublicPage page, URI provider) {
        String address = provider.toASCIIString();
        return Response.fromResponse(Html.ok(new SsoSignedOutPage(page.door("Signed out"), address)))
                .header("Refresh", "0; url=" + address)
                .build();
    }

    /// Leads on to a provider that wants to be asked with a form.
    ///
    /// @param provider what the sign-in button names
    static Response leading(PublicPage page, String provider, Leaving to) {
        return Html.ok(new SsoLeavingPage(page.door("Sign in"), provider, to));
    }

    static Response problem(PublicPage page, int status, FormProblem problem) {
        return Html.answer(status, new SsoProblemPage(page.door("Sign-in failed"), problem.title(), problem.text()));
    }
}
