// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/yamldocuments.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <yaml-cpp/yaml.h>

namespace {

constexpr int mostValues = 100'000;
constexpr int deepest = 64;
constexpr qsizetype valueBytes = 1024;

QString text(const char *source)
{
    return QCoreApplication::translate("YamlDocuments", source);
}

QString scalarText(const YAML::Node &node)
{
    return QString::fromStdString(node.Scalar());
}

/// Aliases let a small text name the same value any number of times, and maps of such values again: so each visit
/// counts, and one to a long value as several.
class Conversion {
public:
    QJsonValue valueOf(const YAML::Node &node, int depth = 0)
    {
        const qsizetype size = node.IsScalar() ? qsizetype(node.Scalar().size()) : 0;
        m_left -= 1 + size / valueBytes;
        if (isTooMuch() || depth > deepest) {
            m_left = -1;
            return {};
        }
        if (node.IsMap())
            return objectOf(node, depth);
        if (node.IsSequence())
            return arrayOf(node, depth);
        return node.IsScalar() ? scalarOf(node) : QJsonValue();
    }
    bool isTooMuch() const { return m_left < 0; }

private:
    QJsonValue objectOf(const YAML::Node &node, int depth)
    {
        QJsonObject object;
        for (const auto &member : node) {
            if (isTooMuch())
                break;
            if (member.first.IsScalar())
                object.insert(scalarText(member.first), valueOf(member.second, depth + 1));
        }
        return object;
    }

    QJsonValue arrayOf(const YAML::Node &node, int depth)
    {
        QJsonArray array;
        for (const YAML::Node &item : node) {
            if (isTooMuch())
                break;
            array.append(valueOf(item, depth + 1));
        }
        return array;
    }

    static QJsonValue scalarOf(const YAML::Node &node)
    {
        const bool isPlain = node.Tag() == "?";
        if (bool truth = false; isPlain && YAML::convert<bool>::decode(node, truth))
            return truth;
        if (qint64 number = 0; isPlain && YAML::convert<qint64>::decode(node, number))
            return number;
        if (double number = 0; isPlain && YAML::convert<double>::decode(node, number))
            return number;
        return scalarText(node);
    }

    qint64 m_left = mostValues;
};

} // namespace

Result<QList<QJsonValue>> yamlDocuments(const QByteArray &yaml)
{
    try {
        QList<QJsonValue> documents;
        Conversion conversion;
        for (const YAML::Node &node : YAML::LoadAll(yaml.toStdString())) {
            if (!node.IsNull())
                documents.append(conversion.valueOf(node));
        }
        if (conversion.isTooMuch())
            return fail(Error::Kind::Invalid, text("It holds more than is read, or is nested too deep."));
        return documents;
    } catch (const YAML::Exception &exception) {
        return fail(
            Error::Kind::Invalid, text("It is neither JSON nor YAML."), QString::fromStdString(exception.what()));
    }
}
