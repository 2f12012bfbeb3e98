package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.SetUpByPerson;
import dev.banyan.schema.DefaultSchema;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Each column that names a person or an address belongs to something that a person sets up. It ends with their rights
/// ([SetUpByPerson]), or the reason why it need not is here. A new column must be in one of the two.
@QuarkusTest
class WhatOutlivesItsMakerTest {

    private static final Pattern PERSON_OR_ADDRESS = Pattern.compile(
            "([a-z_]*identity_id|(created|made|uploaded|invited|given|requested|set_up)_by(_[a-z_]+)?|[a-z_]*user_id"
                    + "|[a-z_]*url|[a-z_]*email|recipient|[a-z_]*_address|endpoint)");

    private static final String ASKED = "the rights are asked each time it is used";
    private static final String OWN = "how a person signs in, which opens what they may do at the moment";
    private static final String RIGHT = "it is the right itself";
    private static final String LOG = "says what was done, and sends nothing";
    private static final String CONTENT = "what a page shows to all";
    private static final String OF_WORKSPACE = "of a user of a workspace, and deleted with the user";
    private static final String MAIL = "one mail, to the person or the address that it is about";

    private static final Map<String, String> EXPLAINED = Map.ofEntries(
            Map.entry(
                    "account_exports.requested_by_identity_id",
                    "owners alone open it, after a proof; mailed to owners"),
            Map.entry("account_moves.to_email", "ends with the offer"),
            Map.entry("account_sso.emergency_identity_id", OWN),
            Map.entry("account_sso_cut_links.email", LOG),
            Map.entry("account_sso_cut_links.identity_id", LOG),
            Map.entry("account_sso_links.identity_id", OWN),
            Map.entry("account_sso_sessions.identity_id", OWN),
            Map.entry("accounts.created_by", LOG),
            Map.entry("accounts.email", "becomes an owner’s when its person leaves (OwnerRights)"),
            Map.entry("api_keys.created_by", "OwnerRights disables them"),
            Map.entry("attachments.uploaded_by", OF_WORKSPACE),
            Map.entry("audit_events.identity_id", LOG),
            Map.entry("awaited_factors.identity_id", OWN),
            Map.entry("backup_codes.identity_id", OWN),
            Map.entry("backup_plan.endpoint", "of the server; operators see and change it"),
            Map.entry("conversations.user_id", OF_WORKSPACE),
            Map.entry("email_changes.email", OWN),
            Map.entry("email_changes.identity_id", OWN),
            Map.entry("email_confirmations.email", OWN),
            Map.entry("email_confirmations.identity_id", OWN),
            Map.entry("identities.email", OWN),
            Map.entry("known_devices.identity_id", OWN),
            Map.entry("links.url", CONTENT),
            Map.entry("mails.recipient", MAIL),
            Map.entry("membership_accounts.identity_id", RIGHT),
            Map.entry("membership_invitations.email", "ends with its sender’s ownership (OwnerRights)"),
            Map.entry("membership_invitations.invited_by_identity_id", "ends with the ownership (OwnerRights)"),
            Map.entry("memberships.identity_id", RIGHT),
            Map.entry("messages.author_user_id", OF_WORKSPACE),
            Map.entry("note_mentions.user_id", OF_WORKSPACE),
            Map.entry("operators.identity_id", RIGHT),
            Map.entry("passkeys.identity_id", OWN),
            Map.entry("password_resets.email", OWN),
            Map.entry("recent_contexts.identity_id", ASKED),
            Map.entry("sample_people.email", "sample data"),
            Map.entry("second_factors.identity_id", OWN),
            Map.entry("server_mail.from_address", "of the server; operators see and change it"),
            Map.entry("sessions.identity_id", OWN),
            Map.entry("sign_ins.identity_id", LOG),
            Map.entry("social_icons.url", CONTENT),
            Map.entry("sub_client_users.email", OF_WORKSPACE),
            Map.entry("support_accesses.operator_identity_id", "ends after hours, and owners see it"),
            Map.entry(
                    "support_consents.given_by_identity_id",
                    "the account’s answer to operators; owners see and change it"),
            Map.entry("webhook_endpoints.set_up_by_key_id", "ends with the key (ApiKeys)"),
            Map.entry("webhook_endpoints.url", "ends with who set it up"),
            Map.entry("whatsapp_connections.hook_url", "an address of this server"),
            Map.entry("workspace_active_users.user_id", LOG),
            Map.entry("workspace_api_keys.made_by_identity", ASKED),
            Map.entry("workspace_api_keys.made_by_user", ASKED),
            Map.entry("workspace_invitations.email", "ends with its sender’s role in the workspace"),
            Map.entry("workspace_invitations.invited_by_user_id", "ends with the role (decision 0031)"),
            Map.entry("workspace_invitations.user_id", OF_WORKSPACE),
            Map.entry("workspace_registrations.email", "opens nothing until it is approved"),
            Map.entry("workspace_sessions.user_id", OF_WORKSPACE),
            Map.entry("workspace_sso.emergency_user_id", OF_WORKSPACE),
            Map.entry("workspace_sso_cut_links.email", OF_WORKSPACE),
            Map.entry("workspace_sso_cut_links.user_id", OF_WORKSPACE),
            Map.entry("workspace_sso_links.user_id", OF_WORKSPACE),
            Map.entry("workspace_sso_sessions.user_id", OF_WORKSPACE),
            Map.entry("workspace_user_networks.user_id", OF_WORKSPACE));

    @Inject
    @All
    List<SetUpByPerson> things;

    @Test
    void eachColumnThatNamesAPersonOrAnAddressIsAccountedFor() {
        Set<String> found = DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .flatMap(table -> table.fieldStream()
                        .filter(field ->
                                PERSON_OR_ADDRESS.matcher(field.getName()).matches())
                        .map(field -> table.getName() + "." + field.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> ended = new HashSet<>();
        things.forEach(thing -> ended.addAll(thing.columns()));
        assertThat(ended)
                .as("each is of one owner")
                .hasSize(things.stream()
                        .mapToInt(thing -> thing.columns().size())
                        .sum());
        assertThat(found).containsAll(ended);
        found.removeAll(ended);
        assertThat(found).isEqualTo(new TreeSet<>(EXPLAINED.keySet()));
    }
}
