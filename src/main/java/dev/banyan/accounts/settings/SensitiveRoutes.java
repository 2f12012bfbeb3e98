package dev.banyan.accounts.settings;

import java.util.Set;

/// The routes on which sensitive actions begin (design 4): email, password, second factor, keys, exports, invitations
/// of owners, members' roles. One table for the API and the pages, by method and path as the resource declares them.
final class SensitiveRoutes {

    /// Refused unless the session's last proof of identity is recent. Pages that consist only of the form for such an
    /// action ask when they are opened, so that nothing typed is lost.
    static final Set<String> ASK_FOR_PROOF = Set.of(
            "POST /api/admin/2fatokensetup",
            "POST /admin/settings/second-factor/setup",
            "POST /admin/settings/second-factor/enable",
            "POST /operator/accounts/{accountId}/second-factor/reset",
            "POST /operator/accounts/{accountId}/link",
            "POST /admin/integrations/{webhookId}/takeover",
            "POST /projects/{projectId}/sub-clients/{subClientId}/webhooks/{webhookId}/takeover",
            "POST /api/admin/apikeyscreate",
            "PUT /api/admin/apikeysupdate",
            "DELETE /api/admin/apikeysdelete",
            "POST /admin/api-keys",
            "GET /admin/api-keys/{keyId}",
            "POST /admin/api-keys/{keyId}",
            "POST /admin/api-keys/{keyId}/disable",
            "POST /admin/api-keys/{keyId}/enable",
            "POST /admin/api-keys/{keyId}/delete",
            "GET /admin/users/people/new",
            "POST /admin/users/people",
            "GET /admin/users/people/{memberId}",
            "POST /admin/users/people/{memberId}",
            "GET /admin/users/people/{personId}/remove",
            "POST /admin/users/people/{personId}/remove",
            "POST /admin/users/people/{personId}/link",
            "POST /admin/users/second-factor",
            "PUT /api/admin/RequireSecondFactor",
            "POST /api/admin/UserManagerUpdate",
            "POST /api/admin/UserManagerRemove",
            "GET /admin/moves/brands/{subAccountId}",
            "POST /admin/moves/brands/{subAccountId}",
            "GET /admin/moves/{moveId}/accept",
            "POST /admin/moves/{moveId}/accept",
            "POST /admin/moves/{moveId}/undo",
            "PUT /api/admin/sso",
            "DELETE /api/admin/sso",
            "GET /admin/users/sso",
            "POST /admin/users/sso",
            "POST /admin/users/sso/test",
            "GET /admin/users/sso/remove",
            "POST /admin/users/sso/remove",
            "PUT /api/projects/{projectId}/sub-clients/{subClientId}/sso",
            "DELETE /api/projects/{projectId}/sub-clients/{subClientId}/sso",
            "GET /projects/{projectId}/sub-clients/{subClientId}/settings/sso",
            "POST /projects/{projectId}/sub-clients/{subClientId}/settings/sso",
            "POST /projects/{projectId}/sub-clients/{subClientId}/settings/sso/test",
            "POST /projects/{projectId}/sub-clients/{subClientId}/settings/sso/remove",
            "PUT /api/projects/{projectId}/sub-clients/{subClientId}/mail",
            "DELETE /api/projects/{projectId}/sub-clients/{subClientId}/mail",
            "POST /projects/{projectId}/sub-clients/{subClientId}/settings/mail",
            "POST /projects/{projectId}/sub-clients/{subClientId}/settings/mail/test",
            "POST /projects/{projectId}/sub-clients/{subClientId}/settings/mail/remove",
            "GET /admin/audit.csv",
            "GET /operator/audit.csv",
            "GET /projects/{projectId}/sub-clients/{subClientId}/export",
            "POST /api/projects/{projectId}/sub-clients/{subClientId}/api-keys",
            "DELETE /api/projects/{projectId}/sub-clients/{subClientId}/api-keys/{keyId}",
            "POST /projects/{projectId}/sub-clients/{subClientId}/api-keys",
            "POST /projects/{projectId}/sub-clients/{subClientId}/api-keys/{keyId}/delete",
            "POST /s/{shortPath}/api-keys",
            "POST /s/{shortPath}/api-keys/{keyId}/delete",
            "GET /projects/{projectId}/sub-clients/{subClientId}/audit.csv",
            "GET /s/{shortPath}/audit.csv",
            "POST /operator/accounts/{accountId}/support",
            "POST /api/siteadmin/support",
            "PUT /api/admin/support/consent",
            "POST /admin/support-access/consent",
            "GET /api/admin/exports/{exportId}/file",
            "POST /admin/export",
            "GET /admin/export/{exportId}/file");

    /// These require the current password each time, which is proof enough.
    static final Set<String> ASK_FOR_PASSWORD = Set.of(
            "PUT /api/admin/UpdatePassword",
            "PUT /api/admin/UpdateEmail",
            "POST /admin/settings/password",
            "POST /admin/settings/email",
            "POST /admin/settings/second-factor/disable",
            "POST /admin/settings/second-factor/backup-codes",
            "POST /admin/settings/second-factor/passkeys",
            "POST /admin/settings/passkeys/options",
            "POST /admin/settings/passkeys/remove");

    /// These take the password in the body where the last proof is not recent, and check it themselves
    /// ([RecentProof#orPassword]).
    static final Set<String> ASK_FOR_EITHER = Set.of(
            "POST /api/admin/ExportSubAccount",
            "POST /api/admin/TransferSubAccount",
            "POST /api/admin/ConvertSubAccount",
            "POST /api/admin/AcceptTransfer",
            "POST /api/admin/AcceptConversion",
            "POST /api/admin/UndoTransfer");

    /// Switching off two-step verification requires the password in the body or a recent proof, which [SecondFactors]
    /// checks.
    private static final String SECOND_FACTOR = "POST /api/admin/2fatokensetup";

    private SensitiveRoutes() {}

    /// Returns whether a route begins a sensitive action, however it asks for the proof.
    static boolean contains(String route) {
        return ASK_FOR_PROOF.contains(route) || ASK_FOR_PASSWORD.contains(route) || ASK_FOR_EITHER.contains(route);
    }

    /// Returns whether any method with this declared path is sensitive.
    static boolean mayAskForProof(String path) {
        return ASK_FOR_PROOF.stream().anyMatch(route -> route.endsWith(" " + path));
    }

    /// @param route method and declared path, such as `POST /admin/api-keys/{keyId}`
    /// @param action the query's action, which some LinkToMe routes have
    static boolean askForProof(String route, String action) {
        return ASK_FOR_PROOF.contains(route) && !(route.equals(SECOND_FACTOR) && action.equals("disable"));
    }
}
