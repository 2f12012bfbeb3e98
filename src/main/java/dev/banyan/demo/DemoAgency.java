package dev.banyan.demo;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.analytics.SampleVisits;
import dev.banyan.pages.Links;
import dev.banyan.pages.Pages;
import dev.banyan.shortlinks.ShortLinks;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The link pages of the sample agency and of its three brands.
@Singleton
class DemoAgency {

    private record Brand(String username, String displayName, String bio, List<String[]> links) {}

    private static final List<Brand> BRANDS = List.of(
            new Brand(
                    "clientbrand1",
                    "Client Brand 1",
                    "Hand-thrown tableware from a small studio by the sea.",
                    List.of(
                            new String[] {"Spring collection", "https://shop.clientbrand1.example/spring"},
                            new String[] {"Book a pottery class", "https://clientbrand1.example/classes"},
                            new String[] {"Visit the studio", "https://maps.example.org/clientbrand1"},
                            new String[] {"How we fire our glazes", "https://journal.clientbrand1.example/glazes"},
                            new String[] {"Contact us", "https://clientbrand1.example/contact"})),
            new Brand(
                    "clientbrand2",
                    "Client Brand 2",
                    "Beans roasted on Tuesdays, poured every day.",
                    List.of(
                            new String[] {"Order beans online", "https://clientbrand2.example/beans"},
                            new String[] {"Today's menu", "https://clientbrand2.example/menu"},
                            new String[] {"Find us at the harbour", "https://maps.example.org/clientbrand2"},
                            new String[] {"Join the tasting on Friday", "https://tickets.example.org/tasting"})),
            new Brand(
                    "clientbrand3",
                    "Client Brand 3",
                    "Interior design for homes you never want to leave.",
                    List.of(
                            new String[] {"Portfolio", "https://clientbrand3.example/work"},
                            new String[] {"Book a first call", "https://clientbrand3.example/call"},
                            new String[] {"Press", "https://clientbrand3.example/press"})));

    static final List<String> USERNAMES = BRANDS.stream().map(Brand::username).toList();

    private final SubAccounts subAccounts;
    private final Pages pages;
    private final Links links;
    private final ShortLinks shortLinks;
    private final SampleVisits visits;

    DemoAgency(SubAccounts subAccounts, Pages pages, Links links, ShortLinks shortLinks, SampleVisits visits) {
        this.subAccounts = subAccounts;
        this.pages = pages;
        this.links = links;
        this.shortLinks = shortLinks;
        this.visits = visits;
    }

    /// @param acting returns the context of a brand by its username
    void fill(AccountContext agency, Function<String, AccountContext> acting) {
        pages.createSample(agency, "main", "Main page");
        links.addSample(agency, "What we do", "https://creative.example/services");
        links.addSample(agency, "Our work", "https://creative.example/work");
        links.addSample(agency, "Meet the team", "https://creative.example/team");
        links.addSample(agency, "Start a project", "https://creative.example/start");
        shortLinks.addSample(
                agency, "creative-card", "https://creative.example/services", "Business cards", List.of("print"));
        shortLinks.addSample(
                agency, "creative-talk", "https://creative.example/talk", "Talk slides", List.of("events"));
        visits.fill(agency);
        for (Brand brand : BRANDS) {
            subAccounts.create(
                    agency,
                    new SubAccounts.NewSubAccount(
                            brand.username(),
                            brand.displayName(),
                            Optional.of("hello@" + brand.username() + ".example"),
                            Optional.of(brand.bio())));
            AccountContext context = acting.apply(brand.username());
            pages.createSample(context, "main", "Main page");
            brand.links().forEach(link -> links.addSample(context, link[0], link[1]));
            visits.fill(context);
        }
    }
}
