package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.accounts.checklist.FirstStep;
import dev.banyan.accounts.checklist.FirstStep.Place;
import dev.banyan.accounts.checklist.FirstSteps;
import dev.banyan.accounts.checklist.Viewer;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderStore;
import jakarta.inject.Singleton;

/// The first linked number.
@Singleton
final class NumberSteps implements FirstSteps {

    @Override
    public List<FirstStep> of(Tx tx, Viewer viewer) {
        return List.of(new FirstStep(
                Place.NUMBER,
                "Link a WhatsApp number",
                "Customers write to it, and your workspaces answer.",
                "Link number",
                "/admin/pools/masters/new",
                new SenderStore(tx).hasLinked(viewer.context().root().id())));
    }
}
