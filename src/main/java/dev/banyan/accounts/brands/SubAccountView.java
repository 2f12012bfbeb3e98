package dev.banyan.accounts.brands;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.SubAccountDetails;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.platform.AccountId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A sub-account in the API: the seed's fields, plus those that the real LinkToMe client reads (contract 2.11).
///
/// @param createdBy the agency's account, as in the seed
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
        String tier,
        String status,
        boolean disabled,
        Optional<String> disabledReason,
        String type,
        @JsonProperty("notify") Optional<String> notices,
        boolean showManagedBy,
        Instant createdAt,
        AccountId createdBy,
        Optional<Instant> suspendedAt,
        Optional<Instant> deletedAt,
        Optional<Instant> readOnlyUntil,
        long pageCount,
        long linkCount) {

    static SubAccountView of(SubAccount subAccount) {
        Account account = subAccount.account();
        SubAccountDetails details = subAccount.details();
        boolean suspended = account.status() == AccountStatus.SUSPENDED;
        boolean deleted = account.status() == AccountStatus.DELETED;
        return new SubAccountView(
                account.id(),
                account.id(),
                account.username(),
                account.email(),
                account.displayName(),
                account.bio(),
                details.internalLabel(),
                details.notes(),
                account.owner().tenant(),
                true,
                true,
                subAccount.tier().key(),
                account.status().key(),
                account.status() != AccountStatus.ACTIVE,
                reason(account, details),
                details.type().key(),
                details.notices().map(to -> to.name().toLowerCase(Locale.ROOT)),
                details.showManagedBy(),
                account.createdAt(),
                account.owner().tenant(),
                details.suspendedAt().filter(_ -> suspended),
                details.deletedAt().filter(_ -> deleted),
                account.suspendsAt(),
                subAccount.pages(),
                subAccount.links());
    }

    /// Returns a copy without the agency's private fields.
    SubAccountView forManagers() {
        return new SubAccountView(
                id,
                userId,
                username,
                email,
                displayName,
                bio,
                Optional.empty(),
                Optional.empty(),
                parentAccountId,
                isSubAccount,
                authDisabled,
                tier,
                status,
                disabled,
                disabledReason,
                type,
                notices,
                showManagedBy,
                createdAt,
                createdBy,
                suspendedAt,
                deletedAt,
                readOnlyUntil,
                pageCount,
                linkCount);
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
