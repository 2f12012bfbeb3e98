package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.web.json.NoOtherFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Settings as requests bring them.
@NoOtherFields
@Schema(name = "SingleSignOnBody")
public record SsoBody(
        @Schema(description = "`oidc`, `saml` or `ldap`") Optional<String> kind,

        @Schema(description = "What the sign-in button names, up to 40 characters; the provider’s host if omitted")
        Optional<String> label,

        @Schema(description = "OIDC: the issuer’s address, exactly as its discovery document names it")
        Optional<String> issuer,

        @Schema(description = "OIDC: the id of the client at the provider")
        Optional<String> clientId,

        @Schema(description = "OIDC: the client’s secret; omit to keep it. Never shown again")
        Optional<String> clientSecret,

        @Schema(description = "OIDC: scopes in addition to `openid`; `email` and `profile` if omitted")
        Optional<List<String>> scopes,

        @Schema(
                description = "OIDC: the claim that names the groups, such as `groups` or `realm_access.roles`. "
                        + "SAML: the attribute; `groups` if omitted")
        Optional<String> groupClaim,

        @Schema(
                description =
                        "The claim or attribute that holds the email; if omitted, the usual ones are tried, such as "
                                + "`email`, `mail` and `upn`")
        Optional<String> emailClaim,

        @Schema(description = "The claim or attribute that holds the username; if omitted, the usual ones are tried")
        Optional<String> usernameClaim,

        @Schema(
                description =
                        "OIDC and SAML: whether emails count as verified, even if the provider says they aren’t; false "
                                + "if omitted. Not for providers where anyone can have an account")
        Optional<Boolean> trustEmails,

        @Schema(description = "SAML: the address of the provider’s metadata, which are read again when its keys change")
        Optional<String> metadataUrl,

        @Schema(description = "SAML: the provider’s metadata, if they have no address. Omit both to keep what is saved")
        Optional<String> metadata,

        @Schema(
                description = "SAML: the provider’s entity ID, if the metadata describe several; if omitted, the one "
                        + "that was chosen before")
        Optional<String> entityId,

        @Schema(description = "LDAP: the directory’s host") Optional<String> host,

        @Schema(description = "LDAP: its port; 636 or 389 if omitted")
        Optional<Integer> port,

        @Schema(description = "LDAP: `ldaps` or `starttls`") Optional<String> tls,

        @Schema(description = "LDAP: the directory’s own authority, as PEM, if Java doesn’t trust it")
        Optional<String> certificate,

        @Schema(description = "LDAP: the account that searches")
        Optional<String> bindDn,

        @Schema(description = "LDAP: its password; omit to keep it. Never shown again")
        Optional<String> bindPassword,

        @Schema(description = "LDAP: where people are") Optional<String> baseDn,

        @Schema(description = "LDAP: finds a person by `{username}`; `(uid={username})` if omitted")
        Optional<String> userFilter,

        @Schema(description = "LDAP: where groups are; `baseDn` if omitted")
        Optional<String> groupBaseDn,

        @Schema(description = "LDAP: finds groups by `{dn}` or `{username}`; `memberOf` is read if omitted")
        Optional<String> groupFilter,

        @Schema(
                description =
                        "The role of each group; the highest one counts. Sub-clients have `admin`, `agent` and `user`, "
                                + "accounts `owner` and `manager`")
        Optional<Map<String, String>> roles,

        @Schema(description = "The role of people without such a group; they can’t sign in if omitted")
        Optional<String> defaultRole,

        @Schema(description = "Whether users are created at their first sign-in; true if omitted")
        Optional<Boolean> createUsers,

        @Schema(description = "Whether existing users are recognized by a verified email; false if omitted")
        Optional<Boolean> linkByEmail,

        @Schema(
                description =
                        "Sub-clients only: whose people may sign in, by the domain of their verified email, at Google by "
                                + "that of their organization (`hd`); everyone if omitted. Required where anyone can have "
                                + "an account, unless only groups give roles")
        Optional<List<String>> allowedDomains,

        @Schema(description = "Whether people may also sign in with a password; true if omitted")
        Optional<Boolean> passwordSignIn,

        @Schema(
                description = "Whether people who come from the provider may have a password here as well; false if "
                        + "omitted, and if `passwordSignIn` is")
        Optional<Boolean> linkedPasswords,

        @Schema(
                description =
                        "Who may sign in with a password if others can’t: the username of an admin, or the email of an "
                                + "owner")
        Optional<String> emergencyAdmin,

        @Schema(description = "Accounts only: the domains of members’ emails, which the account must have proved")
        Optional<List<String>> emailDomains) {}
