// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfigfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace {

constexpr qint64 largestFile = 8 * 1024 * 1024;
constexpr int mostValues = 100'000;
constexpr int valueBytes = 1024;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

QString place(const QString &path, const YAML::Mark &mark)
{
    const QString file = QDir::toNativeSeparators(path);
    return mark.is_null() ? file : Text::tr("%1, line %2, column %3").arg(file).arg(mark.line + 1).arg(mark.column + 1);
}

Error invalid(const QString &path, const YAML::Mark &mark, const QString &reason)
{
    return {Error::Kind::Invalid,
        Text::tr("The kubeconfig %1 cannot be used: %2. Correct the file; it is read again when it is saved.")
            .arg(place(path, mark), reason),
        {}, {}, {}};
}

/// What may be read of one file. Aliases let a small one name the same value any number of times, and maps of such
/// values again; so each visit counts, and one to a long value as several.
class Budget final {
public:
    bool spend(const YAML::Node &node)
    {
        m_left -= 1 + (node.IsScalar() ? qint64(node.Scalar().size()) / valueBytes : 0);
        return !isSpent();
    }
    bool isSpent() const { return m_left < 0; }

private:
    qint64 m_left = mostValues;
};

QString scalarText(const YAML::Node &node)
{
    return QString::fromStdString(node.Scalar());
}

constexpr int deepest = 4;

/// The value of `key` and what is in it, as KubeconfigEntry says.
void flatten(const YAML::Node &node, const QString &key, int depth, KubeconfigEntry &entry, Budget &budget)
{
    const QString prefix = key.isEmpty() ? key : key + u'.';
    if (node.IsScalar()) {
        entry.values.insert(key, SecretString(QByteArray::fromStdString(node.Scalar())));
    } else if (node.IsMap() && depth <= deepest) {
        for (const auto &member : node) {
            if (!budget.spend(member.first) || !budget.spend(member.second))
                return;
            if (member.first.IsScalar())
                flatten(member.second, prefix + scalarText(member.first), depth + 1, entry, budget);
        }
    } else if (node.IsSequence() && depth <= deepest) {
        int index = 0;
        for (const YAML::Node &item : node) {
            if (!budget.spend(item))
                return;
            const QString itemKey = prefix + QString::number(index++);
            if (item.IsNull())
                entry.values.insert(itemKey, {}); // as kubectl reads it; a gap would end the list
            else
                flatten(item, itemKey, depth + 1, entry, budget);
        }
    }
}

/// As JSON what YAML says: plain words are numbers, true, false or null where they read so, quoted ones are text.
QJsonValue jsonOf(const YAML::Node &node, int depth, Budget &budget)
{
    static constexpr int deepestConfig = 16;
    if (!budget.spend(node) || depth > deepestConfig)
        return {};
    if (node.IsMap()) {
        QJsonObject object;
        for (const auto &member : node) {
            if (member.first.IsScalar() && budget.spend(member.first))
                object.insert(scalarText(member.first), jsonOf(member.second, depth + 1, budget));
        }
        return object;
    }
    if (node.IsSequence()) {
        QJsonArray array;
        for (const YAML::Node &item : node)
            array.append(jsonOf(item, depth + 1, budget));
        return array;
    }
    if (!node.IsScalar())
        return QJsonValue::Null;
    const bool isPlain = node.Tag() == "?";
    if (bool truth = false; isPlain && YAML::convert<bool>::decode(node, truth))
        return truth;
    if (double number = 0; isPlain && YAML::convert<double>::decode(node, number))
        return number;
    return scalarText(node);
}

/// What client-go hands to plugins as `spec.cluster.config`.
QByteArray execConfigOf(const YAML::Node &cluster, Budget &budget)
{
    const YAML::Node extensions = cluster["extensions"];
    if (!extensions.IsDefined() || !extensions.IsSequence())
        return {};
    for (const YAML::Node &each : extensions) {
        if (!budget.spend(each))
            return {};
        const YAML::Node name = each.IsMap() ? each["name"] : YAML::Node();
        if (name.IsDefined() && name.IsScalar() && name.Scalar() == "client.authentication.k8s.io/exec")
            return QJsonDocument(jsonOf(each["extension"], 0, budget).toObject()).toJson(QJsonDocument::Compact);
    }
    return {};
}

bool isText(const YAML::Node &node)
{
    return node.IsNull() || node.IsScalar();
}

bool isMap(const YAML::Node &node)
{
    return node.IsNull() || node.IsMap();
}

bool isVariable(const YAML::Node &node)
{
    return node.IsMap() && node["name"].IsDefined() && node["name"].IsScalar();
}

template <bool isItem(const YAML::Node &)> bool isListOf(const YAML::Node &node)
{
    return node.IsNull() || (node.IsSequence() && std::all_of(node.begin(), node.end(), isItem));
}

template <bool isValue(const YAML::Node &)> bool isMapOf(const YAML::Node &node)
{
    return isMap(node)
        && std::all_of(node.begin(), node.end(), [](const auto &member) { return isValue(member.second); });
}

/// What a value must be.
struct Type {
    bool (*is)(const YAML::Node &);
    const char *words;
};
constexpr Type text{isText, QT_TRANSLATE_NOOP("Kubeconfig", "text")};
constexpr Type map{isMap, QT_TRANSLATE_NOOP("Kubeconfig", "a map")};
constexpr Type mapOfTexts{isMapOf<isText>, QT_TRANSLATE_NOOP("Kubeconfig", "a map of texts")};
constexpr Type mapOfLists{isMapOf<isListOf<isText>>, QT_TRANSLATE_NOOP("Kubeconfig", "a map of lists")};
constexpr Type listOfTexts{isListOf<isText>, QT_TRANSLATE_NOOP("Kubeconfig", "a list of texts")};
constexpr Type variables{isListOf<isVariable>, QT_TRANSLATE_NOOP("Kubeconfig", "a list of names with values")};

struct Member {
    const char *parent;
    const char *key;
    Type type;
};

/// For these kubectl refuses the file. Passed over, the rest would say something else: to act as oneself instead of
/// as somebody, or to run a plugin without its arguments.
std::optional<Error> wrongType(const YAML::Node &user, const QString &name, const QString &path)
{
    static constexpr Member members[]{{"", "token", text}, {"", "tokenFile", text}, {"", "username", text},
        {"", "password", text}, {"", "client-certificate", text}, {"", "client-certificate-data", text},
        {"", "client-key", text}, {"", "client-key-data", text}, {"", "as", text}, {"", "as-uid", text},
        {"", "as-groups", listOfTexts}, {"", "as-user-extra", mapOfLists}, {"", "exec", map}, {"exec", "command", text},
        {"exec", "args", listOfTexts}, {"exec", "env", variables}, {"exec", "interactiveMode", text},
        {"exec", "provideClusterInfo", text}, {"", "auth-provider", map}, {"auth-provider", "name", text},
        {"auth-provider", "config", mapOfTexts}};
    for (const auto &[parent, key, type] : members) {
        const YAML::Node holder = *parent ? user[parent] : user;
        const YAML::Node value = holder.IsDefined() && holder.IsMap() ? holder[key] : YAML::Node();
        if (value.IsDefined() && !type.is(value))
            return invalid(path, value.Mark(),
                Text::tr("“%1” of the user “%2” is not %3").arg(QLatin1String(key), name, Text::tr(type.words)));
    }
    return std::nullopt;
}

/// `entries` is a list of {name: …, `inner`: {…}}.
QList<KubeconfigEntry> readEntries(const YAML::Node &root, const char *entriesKey, const QString &inner,
    const QString &path, QList<Error> &problems, Budget &budget)
{
    const QString listName = QLatin1String(entriesKey);
    const YAML::Node entries = root[entriesKey];
    QList<KubeconfigEntry> result;
    if (!entries.IsDefined() || entries.IsNull())
        return result;
    if (!entries.IsSequence()) {
        problems.append(invalid(path, entries.Mark(), Text::tr("“%1” is not a list").arg(listName)));
        return result;
    }
    for (const YAML::Node &node : entries) {
        const YAML::Node name = node.IsMap() ? node["name"] : YAML::Node();
        if (!budget.spend(node) || (name.IsDefined() && !budget.spend(name)))
            return result;
        if (!name.IsDefined() || !name.IsScalar() || name.Scalar().empty()) {
            problems.append(invalid(path, node.Mark(), Text::tr("an entry of “%1” has no name").arg(listName)));
            continue;
        }
        KubeconfigEntry entry{scalarText(name), path, {}, {}, {}, node.Mark().line + 1};
        const YAML::Node content = node[inner.toStdString()];
        if (content.IsDefined() && content.IsMap()) {
            flatten(content, {}, 0, entry, budget);
            entry.execConfig = execConfigOf(content, budget);
            if (inner == QLatin1String("user") && !budget.isSpent())
                entry.problem = wrongType(content, entry.name, path);
        } else if (content.IsDefined() && !content.IsNull()) {
            entry.problem = invalid(path, content.Mark(), Text::tr("“%1” of “%2” is not a map").arg(inner, entry.name));
        }
        result.append(entry);
    }
    return result;
}

KubeconfigFile broken(Error problem)
{
    KubeconfigFile file;
    file.problems.append(std::move(problem));
    return file;
}

KubeconfigFile parse(const QString &path, const QByteArray &yaml)
{
    KubeconfigFile file;
    const YAML::Node root = YAML::Load(yaml.toStdString());
    if (root.IsNull()) {
        file.problems.append(invalid(path, YAML::Mark::null_mark(), Text::tr("it is empty")));
        return file;
    }
    if (!root.IsMap()) {
        file.problems.append(
            invalid(path, root.Mark(), Text::tr("it is not a map with “clusters”, “users” and “contexts”")));
        return file;
    }
    Budget budget;
    file.clusters = readEntries(root, "clusters", QStringLiteral("cluster"), path, file.problems, budget);
    file.users = readEntries(root, "users", QStringLiteral("user"), path, file.problems, budget);
    file.contexts = readEntries(root, "contexts", QStringLiteral("context"), path, file.problems, budget);
    if (budget.isSpent()) {
        return broken(invalid(path, YAML::Mark::null_mark(),
            Text::tr("with its aliases followed, it holds more than %L1 values").arg(mostValues)));
    }
    const YAML::Node current = root["current-context"];
    if (current.IsDefined() && current.IsScalar())
        file.currentContext = scalarText(current);
    else if (current.IsDefined() && !current.IsNull())
        file.problems.append(invalid(path, current.Mark(), Text::tr("“current-context” is not a name")));
    return file;
}

Error unreadable(Error::Kind kind, const QString &path, const QString &reason)
{
    return {kind, Text::tr("The kubeconfig %1 cannot be read: %2.").arg(QDir::toNativeSeparators(path), reason), {}, {},
        {}};
}

} // namespace

QStringList KubeconfigEntry::list(const QString &key) const
{
    QStringList items;
    for (auto item = values.constFind(key + QStringLiteral(".0")); item != values.constEnd();
         item = values.constFind(key + u'.' + QString::number(items.size())))
        items.append(item->reveal());
    return items;
}

KubeconfigFile readKubeconfigFile(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return broken({Error::Kind::NotFound,
            Text::tr("There is no kubeconfig at %1. Create it, or name another by --kubeconfig or KUBECONFIG.")
                .arg(QDir::toNativeSeparators(path)),
            {}, {}, {}});
    }
    // anything but a regular file (a pipe, a device) may block or never end
    if (!info.isFile())
        return broken(unreadable(Error::Kind::Local, path, Text::tr("it is not a regular file")));
    if (info.size() > largestFile)
        return broken(unreadable(Error::Kind::Invalid, path, Text::tr("it is larger than 8 MiB")));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return broken(unreadable(Error::Kind::Local, path, file.errorString()));
    try {
        return parse(path, file.read(largestFile));
    } catch (const YAML::Exception &exception) {
        return broken(invalid(path, exception.mark, QString::fromStdString(exception.msg)));
    }
}
