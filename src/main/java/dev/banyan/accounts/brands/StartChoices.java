package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.BrandStarts.Source;
import dev.banyan.accounts.brands.CreateSubAccountPage.Starts;
import dev.banyan.platform.web.page.Choice;
import jakarta.inject.Singleton;

/// What forms offer a new brand to begin with. What was chosen last is offered first the next time.
@Singleton
record StartChoices(SubAccounts subAccounts, BrandTemplates templates) {

    static final String BRAND = "brand:";

    private static final String BLANK = "page";
    private static final String NONE = "none";
    private static final String TEMPLATE = "template:";
    private static final int BRANDS_OFFERED = 50;

    /// @param limits of the account, which were read with the brands
    record Offered(List<Starts> starts, SubAccounts.Limits limits) {}

    static Source source(String start) {
        return start.startsWith(TEMPLATE)
                ? new Source.OfTemplate(start.substring(TEMPLATE.length()))
                : start.startsWith(BRAND)
                        ? new Source.OfBrand(start.substring(BRAND.length()))
                        : start.equals(BLANK) ? new Source.BlankPage() : new Source.Nothing();
    }

    /// Returns what the last brand began with, if it still can be chosen; else a blank page.
    String remembered(AccountContext context) {
        return templates
                .lastStart(context)
                .filter(start -> !start.startsWith(TEMPLATE)
                        || templates
                                .find(context, start.substring(TEMPLATE.length()))
                                .isPresent())
                .orElse(BLANK);
    }

    /// Remembers what a brand began with, unless that is another brand.
    void remember(AccountContext context, String start) {
        if (start.equals(BLANK) || start.equals(NONE) || start.startsWith(TEMPLATE)) {
            templates.remember(context, start);
        }
    }

    /// Returns what a brand can begin with: a page, a template, or one of the newest brands. The chosen one is among
    /// them.
    Offered of(AccountContext context, String chosen) {
        SubAccounts.Listed newest = subAccounts.list(context, "", Optional.empty(), BRANDS_OFFERED);
        List<Choice> brands = new ArrayList<>(newest.subAccounts().stream()
                .map(found ->
                        brand(found.account().displayName(), found.account().username()))
                .toList());
        if (chosen.startsWith(BRAND)
                && brands.stream().noneMatch(one -> one.value().equals(chosen))) {
            subAccounts
                    .find(context, chosen.substring(BRAND.length()))
                    .map(found -> found.subAccount().account())
                    .ifPresent(account -> brands.addFirst(brand(account.displayName(), account.username())));
        }
        return new Offered(
                List.of(
                        new Starts("", List.of(new Choice(BLANK, "A blank page"), new Choice(NONE, "No page yet"))),
                        new Starts(
                                "Templates",
                                templates.list(context).stream()
                                        .map(template -> new Choice(TEMPLATE + template.id(), template.name()))
                                        .toList()),
                        new Starts("Brands", List.copyOf(brands))),
                newest.limits());
    }

    private static Choice brand(String displayName, String username) {
        return new Choice(BRAND + username, displayName + " (@" + username + ")");
    }
}
