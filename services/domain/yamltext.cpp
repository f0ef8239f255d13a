// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/yamltext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace {

constexpr int step = 2;

QString inJson(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

/// What begins with a letter, and is no word of YAML's own, can stand as it is.
QString scalar(const QJsonValue &value)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z][A-Za-z0-9_./-]*\\z"));
    static const QRegularExpression word(
        QStringLiteral("\\A(y|n|yes|no|on|off|true|false|null)\\z"), QRegularExpression::CaseInsensitiveOption);
    const QString text = value.toString();
    const bool isPlain = value.isString() && plain.match(text).hasMatch() && !word.match(text).hasMatch();
    return isPlain ? text : inJson(value);
}

bool isNested(const QJsonValue &value)
{
    return (value.isObject() && !value.toObject().isEmpty()) || (value.isArray() && !value.toArray().isEmpty());
}

void append(QString &yaml, const QJsonValue &value, int indent);

void appendObject(QString &yaml, const QJsonObject &object, int indent)
{
    for (auto each = object.begin(); each != object.end(); ++each) {
        if (each != object.begin())
            yaml += QString(indent, QLatin1Char(' '));
        yaml += scalar(each.key()) + QLatin1Char(':');
        if (isNested(each.value())) {
            yaml += QLatin1Char('\n') + QString(indent + step, QLatin1Char(' '));
            append(yaml, each.value(), indent + step);
        } else {
            yaml += QLatin1Char(' ') + scalar(each.value()) + QLatin1Char('\n');
        }
    }
}

void appendList(QString &yaml, const QJsonArray &list, int indent)
{
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (i > 0)
            yaml += QString(indent, QLatin1Char(' '));
        yaml += QLatin1String("- ");
        append(yaml, list.at(i), indent + step);
    }
}

/// What follows on the line that was begun; lines after it begin at `indent`.
void append(QString &yaml, const QJsonValue &value, int indent)
{
    if (!isNested(value))
        yaml += scalar(value) + QLatin1Char('\n');
    else if (value.isObject())
        appendObject(yaml, value.toObject(), indent);
    else
        appendList(yaml, value.toArray(), indent);
}

} // namespace

QString toYaml(const QJsonObject &document)
{
    QString yaml;
    append(yaml, document, 0);
    return yaml;
}
