// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/objects/exportdialog.h"

#include "services/messaging/filesaving.h"
#include "widgets/common/copiedsign.h"
#include "widgets/common/filechooser.h"
#include "widgets/common/icons.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>

#include <algorithm>

namespace {

constexpr int dialogWidth = 680;
constexpr int textHeight = 340;

QString settingsKey()
{
    return QStringLiteral("export/form");
}

QString folderKind()
{
    return QStringLiteral("export");
}

} // namespace

ExportDialog::ExportDialog(const QString &title, const QString &name, Export exported, QWidget *parent)
    : QuestionDialog(title, {}, parent)
    , m_name(name)
    , m_export(std::move(exported))
    , m_form(new SegmentedChoice(this))
    , m_text(new QPlainTextEdit(this))
    , m_missing(new InlineMessage(this))
    , m_outcome(new InlineMessage(this))
    , m_close(new QPushButton(tr("Close"), this))
    , m_save(new QPushButton(tr("Save…"), this))
    , m_copy(new QPushButton(tr("Copy"), this))
{
    setObjectName(QStringLiteral("exportDialog"));
    m_form->setObjectName(QStringLiteral("exportFormChoice"));
    m_text->setObjectName(QStringLiteral("exportText"));
    m_missing->setObjectName(QStringLiteral("exportMissingMessage"));
    m_outcome->setObjectName(QStringLiteral("exportOutcomeMessage"));
    m_close->setObjectName(QStringLiteral("closeExportButton"));
    m_save->setObjectName(QStringLiteral("saveExportButton"));
    m_copy->setObjectName(QStringLiteral("copyExportButton"));
    m_form->setAccessibleName(tr("Form"));
    m_text->setAccessibleName(tr("Configuration in that form"));
    m_text->setReadOnly(true);
    m_text->setFont(Look::fixedFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setMinimumHeight(textHeight);
    m_text->document()->setDocumentMargin(Look::spaceS);
    m_copy->setIcon(Icons::icon(Icons::Name::Copy, Look::OnAccent));
    m_copy->setProperty("primary", true);
    m_outcome->setClosable(true);
    m_outcome->hide();
    setMinimumWidth(dialogWidth);
    makeChoices();
    layOut();
    connect(m_form, &SegmentedChoice::currentChanged, this, &ExportDialog::renew);
    connect(m_form, &SegmentedChoice::activated, this, [this] { QSettings().setValue(settingsKey(), int(form())); });
    connect(m_outcome, &InlineMessage::closed, m_outcome, &QWidget::hide);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    renew();
}

void ExportDialog::makeChoices()
{
    m_form->addChoice(tr("JSON"), int(AssetForm::Json));
    m_form->addChoice(tr("nats CLI"), int(AssetForm::Command));
    m_form->addChoice(tr("NACK resource"), int(AssetForm::Nack));
    m_form->setCurrentIndex(0);
    m_form->setCurrentData(QSettings().value(settingsKey(), int(AssetForm::Json)).toInt());
}

void ExportDialog::layOut()
{
    auto *choice = new QHBoxLayout;
    choice->addWidget(m_form);
    choice->addStretch();
    body()->addLayout(choice);
    body()->addWidget(m_text, 1);
    body()->addWidget(m_missing);
    body()->addWidget(m_outcome);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, Look::spaceS, 0, 0);
    buttons->addStretch();
    for (QPushButton *button : {m_close, m_save, m_copy}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    body()->addLayout(buttons);
}

AssetForm ExportDialog::form() const
{
    return AssetForm(m_form->currentData().toInt());
}

void ExportDialog::renew()
{
    const ExportedAsset exported = m_export(form());
    m_exported = exported.text;
    m_text->setPlainText(exported.text);
    m_missing->setVisible(!exported.missing.isEmpty());
    if (exported.missing.isEmpty())
        return;
    const QString title = form() == AssetForm::Command ? tr("Some settings have no flag")
                                                       : tr("Some settings have no place in a NACK resource");
    m_missing->setMessage(Tone::Warning, title,
        tr("Left out: %1. The JSON has all of them.").arg(exported.missing.join(QStringLiteral(", "))));
}

void ExportDialog::copy()
{
    QGuiApplication::clipboard()->setText(m_exported);
    showCopied(m_copy);
}

void ExportDialog::chooseFile()
{
    auto *chooser = new FileChooser(tr("Save"), folderKind(), this);
    chooser->setObjectName(QStringLiteral("exportFileDialog"));
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->selectFile(exportFileName(m_name, form()));
    connect(chooser, &QFileDialog::fileSelected, this, &ExportDialog::save);
    chooser->open();
}

void ExportDialog::save(const QString &file)
{
    m_saving = saveToFile(m_exported.toUtf8(), file);
    m_saving.then(this, [this, file](const Result<qint64> &saved) {
        if (saved) {
            FileChooser::rememberFolderOf(file, folderKind());
            m_outcome->setMessage(Tone::Good, tr("Saved to %1").arg(file));
        } else {
            m_outcome->setError(saved.error());
        }
        m_outcome->show();
    });
}
