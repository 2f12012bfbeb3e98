package dev.banyan.accounts.brands;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.SubAccountDetails;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.platform.AccountId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A sub-account in the API: the seed's fields, plus those that the real LinkToMe client reads (contract 2.11).
///
/// @param createdBy the agency's account, as in the seed
/// @param language absent where its pages are in its agency's
/// @param readOnlyUntil present only while the plan has no room for it: the time when it is suspended
@JsonInclude(Include.NON_ABSENT)
record SubAccountView(
        AccountId id,
        AccountId userId,
        String username,
        Optional<String> email,
        String displayName,
        Optional<String> bio,
        Optional<String> internalLabel,
        Optional<String> notes,
        AccountId parentAccountId,
        boolean isSubAccount,
        boolean authDisabled,
        @Schema(implementation = Tier.class) String tier,
        @Schema(implementation = AccountStatus.class) String status,
        boolean disabled,
        Optional<String> disabledReason,
        String type,
        @JsonProperty("notify") Optional<String> notices,
        boolean showManagedBy,
        Optional<String> language,
        Instant createdAt,
        AccountId createdBy,
        Optional<Instant> suspendedAt,
        Optional<Instant> deletedAt,
        Optional<Instant> readOnlyUntil,
        long pageCount,
        long linkCount) {

    static SubAccountView of(SubAccount subAccount) {
        return of(subAccount, true);
    }

    /// @param notes whether the reader may see what the agency notes about it
    static SubAccountView of(SubAccount subAccount, boolean notes) {
        Account account = subAccount.account();
        SubAccountDetails details = subAccount.details();
        SubAccountFields fields = details.fields();
        boolean suspended = account.status() == AccountStatus.SUSPENDED;
        boolean deleted = account.status() == AccountStatus.DELETED;
        return new SubAccountView(
                account.id(),
                account.id(),
                account.username(),
                fields.of(SubAccountField.EMAIL),
                account.displayName(),
                fields.of(SubAccountField.BIO),
                fields.of(SubAccountField.INTERNAL_LABEL).filter(_ -> notes),
                fields.of(SubAccountField.NOTES).filter(_ -> notes),
                account.owner().tenant(),
                true,
                true,
                subAccount.tier().key(),
                account.status().key(),
                account.status() != AccountStatus.ACTIVE,
                reason(account, details),
                fields.of(SubAccountField.TYPE).orElseThrow(),
                fields.of(SubAccountField.NOTIFY),
                fields.is(SubAccountField.SHOW_MANAGED_BY),
                fields.of(SubAccountField.LANGUAGE),
                account.createdAt(),
                account.owner().tenant(),
                details.suspendedAt().filter(_ -> suspended),
                details.deletedAt().filter(_ -> deleted),
                account.suspendsAt(),
                subAccount.pages(),
                subAccount.links());
    }

    private static Optional<String> reason(Account account, SubAccountDetails details) {
        return switch (account.status()) {
            case ACTIVE -> Optional.empty();
            case SUSPENDED ->
                Optional.of(
                        details.suspendedByPlan()
                                ? "Parent subscription quantity reduced"
                                : "Suspended by the parent account");
            case DELETED -> Optional.of("Deleted");
        };
    }
}
