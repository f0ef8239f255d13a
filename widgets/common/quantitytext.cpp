// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/quantitytext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <array>
#include <cmath>
#include <span>

namespace {

struct Unit {
    const char *name;
    qint64 size;
};

constexpr std::array<Unit, 7> durations{{{"d", 86'400'000'000'000}, {"h", 3'600'000'000'000}, {"m", 60'000'000'000},
    {"s", 1'000'000'000}, {"ms", 1'000'000}, {"us", 1'000}, {"ns", 1}}};
constexpr std::array<Unit, 5> sizes{
    {{"TB", qint64(1) << 40}, {"GB", qint64(1) << 30}, {"MB", qint64(1) << 20}, {"KB", qint64(1) << 10}, {"B", 1}}};

QString say(const char *source)
{
    return QCoreApplication::translate("Quantity", source);
}

std::span<const Unit> unitsOf(QuantityUnit::Kind kind)
{
    if (kind == QuantityUnit::Kind::Duration)
        return durations;
    return kind == QuantityUnit::Kind::Bytes ? std::span<const Unit>(sizes) : std::span<const Unit>();
}

/// Of the size of one; 0 where there is none of that name. "min", "µs", "KiB" and "k" are meant as well.
qint64 sizeOf(QString name, QuantityUnit::Kind kind)
{
    if (kind == QuantityUnit::Kind::Duration) {
        name.replace(QStringLiteral("µ"), QStringLiteral("u"));
        if (name == QLatin1String("min"))
            name = QStringLiteral("m");
    } else {
        name = name.toUpper().remove(u'I');
        if (name.size() == 1 && name != QLatin1String("B"))
            name += u'B';
    }
    for (const Unit &unit : unitsOf(kind)) {
        if (name == QLatin1String(unit.name))
            return unit.size;
    }
    return 0;
}

QString adviceFor(QuantityUnit::Kind kind)
{
    return kind == QuantityUnit::Kind::Duration ? say("Enter a number, or a time such as 90m, 36h or 1h30m.")
                                                : say("Enter a number, or a size such as 512 B, 64 KB or 2 GB.");
}

} // namespace

TypedNumber readQuantity(const QString &text, const QuantityUnit &unit, bool mayBeEmpty)
{
    if (unit.mayBeUnlimited && text.trimmed().compare(say("unlimited"), Qt::CaseInsensitive) == 0)
        return {-1, {}};
    if (unit.kind == QuantityUnit::Kind::Count)
        return readNumber(text, unit.most, mayBeEmpty);
    const QString typed = text.trimmed();
    const TypedNumber plain = readNumber(typed, unit.most / unit.unit, mayBeEmpty);
    if (typed.isEmpty())
        return plain;
    if (plain.value)
        return {*plain.value * unit.unit, {}};
    static const QRegularExpression fraction(
        QRegularExpression::anchoredPattern(QStringLiteral("[0-9]{1,15}[.,][0-9]{1,9}")));
    if (fraction.match(typed).hasMatch()) {
        const double amount = QString(typed).replace(u',', u'.').toDouble() * double(unit.unit);
        if (amount <= double(unit.most))
            return {qint64(std::llround(amount)), {}};
    }
    static const QRegularExpression part(QStringLiteral("\\G\\s*([0-9]{1,15}(?:[.,][0-9]{1,9})?)\\s*([a-zA-Zµ]+)"));
    double sum = 0;
    qint64 exact = 0;
    qsizetype at = 0;
    while (at < typed.size()) {
        const QRegularExpressionMatch found = part.match(typed, at);
        const qint64 size = found.hasMatch() ? sizeOf(found.captured(2), unit.kind) : 0;
        if (size == 0) {
            const bool isTooMuch = !plain.problem.isEmpty() && typed.front().isDigit() && !found.hasMatch() && at == 0
                && readNumber(typed, std::numeric_limits<qint64>::max(), true).value;
            return {{}, isTooMuch ? plain.problem : adviceFor(unit.kind)};
        }
        const double number = found.captured(1).replace(u',', u'.').toDouble();
        sum += number * double(size);
        exact += sum < double(unit.most) * 2 ? qint64(std::llround(number * double(size))) : 0;
        at = found.capturedEnd();
    }
    if (sum > double(unit.most) || exact > unit.most)
        return {{}, say("Enter at most %1.").arg(quantityText(unit.most / unit.unit * unit.unit, unit))};
    return {exact, {}};
}

QString quantityText(qint64 value, const QuantityUnit &unit)
{
    if (value == -1 && unit.mayBeUnlimited)
        return say("unlimited");
    if (value % unit.unit == 0)
        return QString::number(value / unit.unit);
    QString text;
    for (const Unit &each : unitsOf(unit.kind)) {
        const qint64 whole = value / each.size;
        if (whole == 0)
            continue;
        const bool isLast = value % each.size == 0;
        if (unit.kind == QuantityUnit::Kind::Bytes && !isLast)
            continue; // "1536 KB", not "1 GB512 MB"
        text += QString::number(whole) + QLatin1String(each.name);
        value %= each.size;
        if (isLast)
            break;
    }
    return text;
}

TypedNumbers readQuantities(const QString &text, const QuantityUnit &unit)
{
    TypedNumbers read;
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const TypedNumber each = readQuantity(part, unit, true);
        if (!each.problem.isEmpty())
            return {{}, each.problem};
        if (each.value)
            read.values.append(*each.value);
    }
    return read;
}

QString quantitiesText(const QList<qint64> &values, const QuantityUnit &unit)
{
    QStringList texts;
    for (const qint64 value : values)
        texts.append(quantityText(value, unit));
    return texts.join(QStringLiteral(", "));
}
