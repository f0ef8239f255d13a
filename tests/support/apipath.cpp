// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/apipath.h"

#include "tests/support/objectmerge.h"

#include <QStringList>

ApiPath ApiPath::parse(const QString &path)
{
    QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    const auto take = [&parts] { return parts.isEmpty() ? QString() : parts.takeFirst(); };
    ApiPath result;
    const bool isCore = take() == QLatin1String("api");
    result.apiVersion = take();
    if (!isCore)
        result.apiVersion += u'/' + take();
    if (parts.value(0) == QLatin1String("namespaces") && parts.size() > 2) {
        take();
        result.nameSpace = take();
    }
    result.resource = take();
    result.name = take();
    result.subresource = parts.join(u'/');
    return result;
}

QString ApiPath::group() const
{
    return apiVersion.contains(u'/') ? apiVersion.section(u'/', 0, 0) : QString();
}

Permission ApiPath::permission(const QByteArray &verb, bool isWatch) const
{
    QString word;
    if (verb == "GET")
        word = isWatch ? QStringLiteral("watch") : name.isEmpty() ? QStringLiteral("list") : QStringLiteral("get");
    else if (verb == "POST")
        word = QStringLiteral("create");
    else if (verb == "PUT")
        word = QStringLiteral("update");
    else
        word = QString::fromLatin1(verb).toLower();
    return {word, group(), resource, subresource, nameSpace, name};
}

bool ApiPath::holds(const QString &objectPath) const
{
    const ApiPath object = parse(objectPath);
    return object.apiVersion == apiVersion && object.resource == resource
        && (nameSpace.isEmpty() || object.nameSpace == nameSpace) && (name.isEmpty() || object.name == name);
}

QString ApiPath::container(const ApiRequest &request) const
{
    return nameSpace + u'/' + name + u'/' + queryItem(request, "container");
}

QString queryItem(const ApiRequest &request, const char *name)
{
    return request.query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
}

bool isSelected(const ApiRequest &request, const QJsonObject &object)
{
    return matchesLabels(object, queryItem(request, "labelSelector"))
        && matchesFields(object, queryItem(request, "fieldSelector"));
}

QJsonObject asAccepted(const ApiRequest &request, const QJsonObject &object)
{
    if (!request.accept.contains("as=PartialObjectMetadata"))
        return object;
    return {{QStringLiteral("apiVersion"), QStringLiteral("meta.k8s.io/v1")},
        {QStringLiteral("kind"), QStringLiteral("PartialObjectMetadata")},
        {QStringLiteral("metadata"), object.value(QLatin1String("metadata"))}};
}
