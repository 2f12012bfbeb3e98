package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.numbers.SenderPage.ProxyOptions;
import dev.banyan.whatsapp.proxies.Proxies;
import dev.banyan.whatsapp.proxies.Proxies.Used;
import dev.banyan.whatsapp.proxies.ProxyChoices;
import dev.banyan.whatsapp.proxies.ProxyChoices.Current;
import jakarta.inject.Singleton;

/// The proxies that the page of a number offers.
@Singleton
record ProxyOptionsOfSenders(Proxies proxies, ProxyChoices choices) {

    private static final String AUTOMATIC = "auto";

    ProxyOptions of(Sender sender) {
        Optional<String> hindrance = choices.hindrance(sender);
        Optional<Current> current = choices.current(sender.tenant(), sender.id());
        return new ProxyOptions(
                hindrance,
                current.map(now -> now.proxy().name()).orElse(""),
                current.map(now ->
                                now.automatic() ? AUTOMATIC : now.proxy().id().toString())
                        .orElse(""),
                hindrance.isEmpty() ? choices(sender, current) : List.of(new Choice("", "No proxy")));
    }

    private List<Choice> choices(Sender sender, Optional<Current> current) {
        Stream<Choice> always =
                Stream.of(new Choice("", "No proxy"), new Choice(AUTOMATIC, "Automatic: the least used one with room"));
        Stream<Choice> own = proxies.list(sender.tenant()).stream()
                .filter(used -> used.proxy().enabled() && used.hasRoom()
                        || current.filter(now ->
                                        now.proxy().id().equals(used.proxy().id()))
                                .isPresent())
                .map(ProxyOptionsOfSenders::choice);
        return Stream.concat(always, own).toList();
    }

    private static Choice choice(Used used) {
        return new Choice(used.proxy().id().toString(), used.proxy().name() + " (" + used.text() + ")");
    }
}
