package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.checklist.FirstStep;
import dev.banyan.accounts.checklist.FirstStep.Place;
import dev.banyan.accounts.checklist.FirstSteps;
import dev.banyan.accounts.checklist.Viewer;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// The first invitation of a member, done as soon as it is sent.
@Singleton
final class MemberSteps implements FirstSteps {

    @Override
    public List<FirstStep> of(Tx tx, Viewer viewer) {
        AccountId tenant = viewer.context().root().id();
        return List.of(new FirstStep(
                Place.MEMBER,
                "Invite a member",
                "People on your team sign in with their own email.",
                "Invite member",
                "/admin/users/people/new",
                new MembershipStore(tx).people(tenant, "", Optional.empty(), 2).size() > 1
                        || !new AccountInvitationStore(tx).ofAccount(tenant, 1).isEmpty()));
    }
}
