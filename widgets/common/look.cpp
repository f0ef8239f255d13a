// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/look.h"

#include "widgets/common/pennantstyle.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QScreen>

#include <array>

namespace {

using Colors = std::array<QRgb, Look::RoleCount>;

constexpr Colors lightColors = {
    0xffF5F6F8,
    0xffECEEF1,
    0xffFFFFFF,
    0xffFAFBFC,
    0xffDDE1E6,
    0xffEBEDF0,
    0xffDCE7FB,
    0xff1A1E23,
    0xff59626D,
    0xff626B75,
    0xff1F5FD6,
    0xffE8EFFC,
    0xffFFFFFF,
    0xff17713F,
    0xffE3F3EA,
    0xff875300,
    0xffFCF0D9,
    0xffB3261E,
    0xffFBE9E7,
    0xff1F5FD6,
    0xffB4530A,
    0xff17713F,
    0xff8A3FA8,
    0xff0F7C88,
};

constexpr Colors darkColors = {
    0xff16191D,
    0xff121518,
    0xff1D2126,
    0xff22272D,
    0xff333A42,
    0xff282E35,
    0xff25395E,
    0xffE7EAEE,
    0xffA3ADB8,
    0xff939DA8,
    0xff77A7FF,
    0xff1F2F4D,
    0xff0E1420,
    0xff5CC98B,
    0xff173325,
    0xffE9B44C,
    0xff382B12,
    0xffF58A80,
    0xff402120,
    0xff77A7FF,
    0xffF0A35E,
    0xff5CC98B,
    0xffCF93E6,
    0xff56C4CF,
};

struct State {
    std::optional<Look::Scheme> forced;
    Look::Scheme scheme = Look::Scheme::Light;
    Colors colors = lightColors;
};

State &state()
{
    static State state;
    return state;
}

} // namespace

void Look::install(QApplication &application, std::optional<Scheme> scheme)
{
    state().forced = scheme;
    QFont font = application.font();
    application.setFont(font);
    application.setStyle(new PennantStyle);
}

void Look::apply(QApplication &application, std::optional<Scheme> scheme)
{
    state().forced = scheme;
    application.setPalette(QPalette());
}

Look::Scheme Look::scheme()
{
    return state().scheme;
}

QColor Look::color(Role role)
{
    return QColor::fromRgba(state().colors[role]);
}

QColor Look::toneColor(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return color(SoftText);
    case Tone::Accent:
        return color(Accent);
    case Tone::Good:
        return color(Good);
    case Tone::Warning:
        return color(Warning);
    case Tone::Bad:
        return color(Bad);
    }
    return color(Text);
}

QColor Look::toneGround(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return color(FaintLine);
    case Tone::Accent:
        return color(AccentGround);
    case Tone::Good:
        return color(GoodGround);
    case Tone::Warning:
        return color(WarningGround);
    case Tone::Bad:
        return color(BadGround);
    }
    return color(Surface);
}

namespace {

QFont grown(QFont font, double pixels)
{
    if (font.pixelSize() > 0) {
        const QScreen *screen = QGuiApplication::primaryScreen();
        const double dotsPerInch = screen ? screen->logicalDotsPerInchY() : 96;
        font.setPointSizeF((font.pixelSize() + pixels) * 72 / dotsPerInch);
    } else {
        font.setPointSizeF(font.pointSizeF() + pixels * 72 / 96);
    }
    return font;
}

QFont weighted(QFont font, QFont::Weight weight)
{
    font.setWeight(weight);
    return font;
}

} // namespace

QFont Look::bodyFont()
{
    return QApplication::font();
}

QFont Look::captionFont()
{
    return grown(bodyFont(), -1.5);
}

QFont Look::nameFont()
{
    return weighted(bodyFont(), QFont::Medium);
}

QFont Look::titleFont()
{
    return weighted(bodyFont(), QFont::DemiBold);
}

QFont Look::sectionFont()
{
    return weighted(grown(bodyFont(), 2), QFont::DemiBold);
}

QFont Look::figureFont()
{
    return weighted(grown(bodyFont(), 7), QFont::DemiBold);
}

QFont Look::fixedFont()
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont);
}

void Look::adoptPalette(QPalette &palette)
{
    State &current = state();
    const bool isDark = palette.color(QPalette::Window).lightness() < 128;
    current.scheme = current.forced.value_or(isDark ? Scheme::Dark : Scheme::Light);
    current.colors = current.scheme == Scheme::Dark ? darkColors : lightColors;

    const auto set = [&palette](QPalette::ColorRole to, Role from, Role disabled) {
        palette.setColor(to, color(from));
        palette.setColor(QPalette::Disabled, to, color(disabled));
    };
    set(QPalette::Window, Window, Window);
    set(QPalette::WindowText, Text, FaintText);
    set(QPalette::Base, Surface, Surface);
    set(QPalette::AlternateBase, HeaderRow, HeaderRow);
    set(QPalette::Text, Text, FaintText);
    set(QPalette::PlaceholderText, FaintText, FaintText);
    set(QPalette::Button, Surface, Surface);
    set(QPalette::ButtonText, Text, FaintText);
    set(QPalette::BrightText, Bad, Bad);
    set(QPalette::Highlight, Selection, Selection);
    set(QPalette::HighlightedText, Text, FaintText);
    set(QPalette::Link, Accent, FaintText);
    set(QPalette::LinkVisited, Accent, FaintText);
    set(QPalette::ToolTipBase, Surface, Surface);
    set(QPalette::ToolTipText, Text, Text);
    set(QPalette::Light, Surface, Surface);
    set(QPalette::Midlight, FaintLine, FaintLine);
    set(QPalette::Mid, Line, Line);
    set(QPalette::Dark, Line, Line);
    set(QPalette::Shadow, Line, Line);
}
