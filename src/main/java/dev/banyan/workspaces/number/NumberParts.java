package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.numbers.Place;
import dev.banyan.whatsapp.session.LinkCode;
import dev.banyan.whatsapp.session.LinkEvent;
import dev.banyan.whatsapp.session.LinkOffer;
import dev.banyan.whatsapp.session.LinkOffers;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.WhatsAppWord;
import dev.banyan.workspaces.number.NumberPages.NumberPage;
import dev.banyan.workspaces.number.NumberPart.Step;
import jakarta.inject.Singleton;

/// What the pages of a workspace's number show, the same for both sides.
@Singleton
record NumberParts(
        WorkspaceNumbers numbers,
        Linking linking,
        LinkOffers offers,
        NumberPlaces places,
        WorkspacePools pools,
        Clock clock) {

    NumberPart of(AdminRequest request, Optional<FormProblem> problem) {
        return of(request, problem, "");
    }

    /// @param typed the credential that was refused; empty for none
    NumberPart of(AdminRequest request, Optional<FormProblem> problem, String typed) {
        Optional<Sender> number = numbers.of(request.workspace());
        Optional<LinkEvent.Code> code = number.flatMap(sender -> linking.code(sender.tenant(), sender.id()));
        Optional<LinkOffer> link =
                number.filter(sender -> !sender.state().isActive()).map(sender -> offers.of(sender, typed));
        return new NumberPart(
                number.map(sender -> shown(sender, code.isPresent())),
                code.map(shown -> LinkCode.of(shown, clock.instant())),
                link,
                number.map(sender -> sender.state().key()).orElse("none") + "-"
                        + code.map(LinkEvent.Code::number).orElse(0)
                        + link.flatMap(LinkOffer::pairingCode)
                                .map(pairing -> "-" + pairing)
                                .orElse("")
                        + link.flatMap(LinkOffer::passkey)
                                .map(asked -> "-" + asked.version())
                                .orElse(""),
                request.base() + NumberPage.ADDRESS,
                request.query(),
                request.as().orElse(""),
                request.path(NumberPage.ADDRESS + "/customers"),
                Optional.of(request.actor())
                        .filter(actor -> number.isEmpty() && WorkspacePools.mayAttach(actor))
                        .map(pools::offer)
                        .filter(WorkspacePools.Offer::isAny),
                number.isEmpty() ? choices(request.actor()) : List.of(),
                WorkspacePools.mayAttach(request.actor()),
                number.filter(sender -> WorkspaceNumbers.isOwn(sender.id())).isPresent(),
                problem);
    }

    /// Returns the gateways for a new number, the default first; none if there is nothing to choose.
    private List<Choice> choices(WorkspaceActor actor) {
        List<Connection> gateways = places.gateways(actor);
        return gateways.isEmpty()
                ? List.of()
                : Stream.concat(
                                gateways.stream()
                                        .map(known -> new Choice(known.id().toString(), known.label())),
                                Stream.of(new Choice(NumberPlaces.SIMULATED, "Simulated number")))
                        .toList();
    }

    /// Returns the place of a new number. Empty: the default, also for those who may not choose.
    Optional<Place> chosen(WorkspaceActor actor, String typed) {
        return places.chosen(actor, typed);
    }

    static FormProblem hasServants(long servants) {
        return new FormProblem(
                "This number has " + Words.count(servants, "servant", "servants") + ".",
                "Move or remove them under Numbers first.");
    }

    private NumberPart.Number shown(Sender number, boolean hasCode) {
        return new NumberPart.Number(
                number.shownName(),
                WhatsAppWord.of(Optional.of(number)),
                step(number, hasCode),
                !number.driver().isReal(),
                offers.scans(number),
                number.phone().map(Phone::toString),
                number.link().deviceName(),
                Words.time(number.link().stateChangedAt()),
                number.lastError().map(error -> error.replaceFirst("[.]$", "")));
    }

    private static Step step(Sender number, boolean hasCode) {
        return switch (number.state()) {
            case PENDING, UNLINKED -> Step.IDLE;
            case LINKING -> Step.LINKING;
            // A code that came after the passkey was asked for begins again.
            case PASSKEY_REQUIRED -> hasCode ? Step.LINKING : Step.PASSKEY;
            case LINKED -> Step.LINKED;
            case RESTRICTED -> Step.RESTRICTED;
            case DISCONNECTED -> Step.DISCONNECTED;
            case BANNED -> Step.BANNED;
        };
    }
}
