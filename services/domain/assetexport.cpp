// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetexport.h"

#include "services/domain/assetfields.h"
#include "services/domain/commenttext.h"
#include "services/domain/nackresource.h"
#include "services/domain/yamltext.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("AssetExport", source);
}

ExportedAsset asJson(const QJsonObject &config)
{
    return {QString::fromUtf8(QJsonDocument(portableConfig(config)).toJson()), {}};
}

ExportedAsset asYaml(const NackResource &resource)
{
    QString yaml = toYaml(resource.document);
    QStringList missing;
    for (const QString &each : resource.missing)
        missing.append(nameInComment(each));
    if (!missing.isEmpty())
        yaml.prepend(QStringLiteral("# ")
            + text("A resource of NACK can't hold these; its controller sets them to their defaults:")
            + QLatin1String("\n#   ") + missing.join(QLatin1String(", ")) + QLatin1Char('\n'));
    return {yaml, resource.missing};
}

} // namespace

ExportedAsset exportStream(const QJsonObject &config, AssetForm form)
{
    switch (form) {
    case AssetForm::Json:
        return asJson(config);
    case AssetForm::Command:
        return streamCommand(config);
    case AssetForm::Nack:
        return asYaml(nackStream(config));
    }
    return {};
}

ExportedAsset exportConsumer(const QString &stream, const QJsonObject &config, AssetForm form)
{
    switch (form) {
    case AssetForm::Json:
        return asJson(config);
    case AssetForm::Command:
        return consumerCommand(stream, config);
    case AssetForm::Nack:
        return asYaml(nackConsumer(stream, config));
    }
    return {};
}

QString exportFileName(const QString &name, AssetForm form)
{
    switch (form) {
    case AssetForm::Json:
        return name + QLatin1String(".json");
    case AssetForm::Command:
        return name + QLatin1String(".sh");
    case AssetForm::Nack:
        return name + QLatin1String(".yaml");
    }
    return name;
}
