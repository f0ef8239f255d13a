// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/colortable.h"

#include <QPalette>

#include <algorithm>
#include <cmath>

namespace {

constexpr double readable = 4.5;

double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// `color`, moved towards `text` until it can be read on all of `grounds`.
QColor madeReadable(QColor color, const QColor &text, std::initializer_list<QColor> grounds)
{
    for (double share = 0; share <= 1; share += 0.1) {
        const QColor tried = mixed(color, text, share);
        const bool isReadable = std::all_of(
            grounds.begin(), grounds.end(), [&](const QColor &ground) { return contrast(tried, ground) >= readable; });
        if (isReadable)
            return tried;
    }
    return text;
}

bool isChosen(const QPalette &desktop)
{
    const QColor window = desktop.color(QPalette::Window);
    const QColor text = desktop.color(QPalette::WindowText);
    const auto [least, most] = std::minmax({window.red(), window.green(), window.blue()});
    // The usual desktops' greys spread by up to 8 and reach a contrast of up to 19; high-contrast themes reach 21.
    return most - least > 12 || contrast(window, text) > 19.5;
}

} // namespace

const ColorTable &lightColors()
{
    static constexpr ColorTable colors = {
        0xffF5F6F8, // Window
        0xffECEEF1, // Side
        0xffFFFFFF, // Surface
        0xffFAFBFC, // HeaderRow
        0xffDDE1E6, // Line
        0xffEBEDF0, // FaintLine
        0xffDCE7FB, // Selection
        0xff1A1E23, // Text
        0xff59626D, // SoftText
        0xff5F6872, // FaintText
        0xff1F5FD6, // Accent
        0xffE8EFFC, // AccentGround
        0xffFFFFFF, // OnAccent
        0xff17713F, // Good
        0xffE3F3EA, // GoodGround
        0xff875300, // Warning
        0xffFCF0D9, // WarningGround
        0xffB3261E, // Bad
        0xffFBE9E7, // BadGround
        0xff1F5FD6, // Series1
        0xffB4530A, // Series2
        0xff17713F, // Series3
        0xff8A3FA8, // Series4
        0xff0F7C88, // Series5
    };
    return colors;
}

const ColorTable &darkColors()
{
    static constexpr ColorTable colors = {
        0xff16191D, // Window
        0xff121518, // Side
        0xff1D2126, // Surface
        0xff22272D, // HeaderRow
        0xff333A42, // Line
        0xff282E35, // FaintLine
        0xff25395E, // Selection
        0xffE7EAEE, // Text
        0xffA3ADB8, // SoftText
        0xff9BA5B0, // FaintText
        0xff77A7FF, // Accent
        0xff1F2F4D, // AccentGround
        0xff0E1420, // OnAccent
        0xff5CC98B, // Good
        0xff173325, // GoodGround
        0xffE9B44C, // Warning
        0xff382B12, // WarningGround
        0xffF58A80, // Bad
        0xff402120, // BadGround
        0xff77A7FF, // Series1
        0xffF0A35E, // Series2
        0xff5CC98B, // Series3
        0xffCF93E6, // Series4
        0xff56C4CF, // Series5
    };
    return colors;
}

std::optional<ColorTable> chosenColors(const QPalette &desktop)
{
    if (!isChosen(desktop))
        return {};
    const QColor window = desktop.color(QPalette::Window);
    const QColor text = desktop.color(QPalette::WindowText);
    const QColor surface = desktop.color(QPalette::Base);
    const QColor selection = mixed(surface, desktop.color(QPalette::Highlight), 0.3);
    const bool isHighContrast = contrast(window, text) > 15;

    ColorTable colors = window.lightness() < 128 ? darkColors() : lightColors();
    const auto set = [&colors](Look::Role role, const QColor &color) { colors[role] = color.rgb(); };
    const auto setTone = [&](Look::Role role, Look::Role groundRole, const QColor &color) {
        const QColor ground = mixed(surface, color, 0.15);
        set(groundRole, ground);
        set(role, madeReadable(color, text, {window, surface, ground, selection}));
    };
    set(Look::Window, window);
    set(Look::Side, mixed(window, text, 0.04));
    set(Look::Surface, surface);
    set(Look::HeaderRow, mixed(surface, text, 0.03));
    set(Look::Line, mixed(surface, text, isHighContrast ? 0.6 : 0.2));
    set(Look::FaintLine, mixed(surface, text, isHighContrast ? 0.35 : 0.12));
    set(Look::Selection, selection);
    set(Look::Text, text);
    const QColor soft = isHighContrast ? text : mixed(text, window, 0.25);
    set(Look::SoftText, madeReadable(soft, text, {window, surface, selection}));
    set(Look::FaintText, madeReadable(soft, text, {window, surface, selection}));
    setTone(Look::Accent, Look::AccentGround, desktop.color(QPalette::Highlight));
    setTone(Look::Good, Look::GoodGround, QColor::fromRgb(colors[Look::Good]));
    setTone(Look::Warning, Look::WarningGround, QColor::fromRgb(colors[Look::Warning]));
    setTone(Look::Bad, Look::BadGround, QColor::fromRgb(colors[Look::Bad]));
    set(Look::OnAccent, contrast(QColor::fromRgb(colors[Look::Accent]), surface) >= readable ? surface : window);
    return colors;
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [low, high] = std::minmax({luminance(one), luminance(other)}); // a list: by value
    return (high + 0.05) / (low + 0.05);
}

QColor mixed(const QColor &from, const QColor &to, double share)
{
    const auto part = [share](float a, float b) { return float(a + (b - a) * share); };
    return QColor::fromRgbF(
        part(from.redF(), to.redF()), part(from.greenF(), to.greenF()), part(from.blueF(), to.blueF()));
}
