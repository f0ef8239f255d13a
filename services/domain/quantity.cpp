// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/quantity.h"

#include <QRegularExpression>

#include <limits>

namespace {

constexpr qint64 most = std::numeric_limits<qint64>::max();
constexpr int longestNumber = 40; // digits
constexpr int largestExponent = 40;

/// What a suffix multiplies with: 1024 to the power of `binary`, or 10 to that of `decimal`.
struct Scale {
    int binary = 0;
    int decimal = 0;
};

std::optional<Scale> scaleOf(const QString &suffix)
{
    static const QString binary = QStringLiteral("KMGTPE");
    static const QString larger = QStringLiteral("kMGTPE");
    static const QString smaller = QStringLiteral("mun");
    if (suffix.isEmpty())
        return Scale{};
    const QChar first = suffix.front();
    if (suffix.size() == 2 && suffix.back() == u'i' && binary.contains(first))
        return Scale{int(binary.indexOf(first)) + 1, 0};
    if (suffix.size() == 1 && larger.contains(first))
        return Scale{0, 3 * (int(larger.indexOf(first)) + 1)};
    if (suffix.size() == 1 && smaller.contains(first))
        return Scale{0, -3 * (int(smaller.indexOf(first)) + 1)};
    bool isNumber = false;
    const int exponent = first.toLower() == u'e' ? suffix.mid(1).toInt(&isNumber) : 0;
    if (!isNumber || qAbs(exponent) > largestExponent)
        return std::nullopt;
    return Scale{0, exponent};
}

/// `whole`.`fraction` times `factor`, rounded up.
std::optional<ByteCount> product(const QString &whole, const QString &fraction, quint64 factor)
{
    quint64 part = 0;
    bool isRounded = false;
    for (auto digit = fraction.crbegin(); digit != fraction.crend(); ++digit) {
        const quint64 sum = quint64(digit->digitValue()) * factor + part;
        part = sum / 10;
        isRounded = isRounded || sum % 10 != 0;
    }
    part += isRounded ? 1 : 0;
    bool isHeld = true;
    const qint64 count = whole.isEmpty() ? 0 : whole.toLongLong(&isHeld);
    if (!isHeld || part > quint64(most) || quint64(count) > (quint64(most) - part) / factor)
        return std::nullopt;
    return ByteCount{qint64(quint64(count) * factor + part)};
}

} // namespace

std::optional<ByteCount> bytesOfQuantity(const QString &quantity)
{
    static const QRegularExpression form(
        QStringLiteral("\\A\\+?([0-9]*)(?:\\.([0-9]*))?([A-Za-z]*(?:[+-]?[0-9]+)?)\\z"));
    const QRegularExpressionMatch match = form.match(quantity);
    QString whole = match.captured(1);
    QString fraction = match.captured(2);
    const std::optional<Scale> scale = scaleOf(match.captured(3));
    const qsizetype digits = whole.size() + fraction.size();
    if (!match.hasMatch() || !scale || digits == 0 || digits > longestNumber)
        return std::nullopt;
    // the decimal point moves by as many digits as the scale says
    for (int i = 0; i < scale->decimal; ++i) {
        whole += fraction.isEmpty() ? QStringLiteral("0") : fraction.left(1);
        fraction.remove(0, 1);
    }
    for (int i = 0; i > scale->decimal; --i) {
        fraction.prepend(whole.isEmpty() ? QStringLiteral("0") : whole.right(1));
        whole.chop(1);
    }
    return product(whole, fraction, quint64(1) << (10 * scale->binary));
}
