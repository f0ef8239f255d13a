// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerfiles.h"

#include "services/messaging/consumerimport.h"
#include "services/messaging/consumerservice.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/filechooser.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/consumers/importchoicedialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace {

QString importKind()
{
    return QStringLiteral("import");
}

} // namespace

ConsumerFiles::ConsumerFiles(ConsumerService &service, Page page)
    : m_service(service)
    , m_page(std::move(page))
{
}

void ConsumerFiles::fillNewMenu(QMenu *menu)
{
    menu->clear();
    menu->setToolTipsVisible(true);
    const Access create = m_service.createAccess();
    ::setAccess(menu->addAction(tr("Import from a file…"), this, &ConsumerFiles::chooseFile), create);
    ::setAccess(menu->addAction(tr("Import from the clipboard"), this,
                    [this] { importFrom(consumersIn(QGuiApplication::clipboard()->text().toUtf8(), m_page.now())); }),
        create);
}

void ConsumerFiles::chooseFile()
{
    auto *chooser = new FileChooser(tr("Import a consumer"), importKind(), m_page.widget);
    chooser->setObjectName(QStringLiteral("importConsumerFileDialog"));
    chooser->setFileMode(QFileDialog::ExistingFile);
    chooser->setNameFilters({tr("Configurations (*.json *.yaml *.yml)"), tr("All files (*)")});
    connect(chooser, &QFileDialog::fileSelected, this, [this](const QString &file) {
        FileChooser::rememberFolderOf(file, importKind());
        importFrom(consumersInFile(file, m_page.now()));
    });
    chooser->open();
}

void ConsumerFiles::importFrom(Pending<QList<ImportedConsumer>> reading)
{
    m_reading = std::move(reading);
    m_reading.then(this, [this](const Result<QList<ImportedConsumer>> &consumers) {
        if (!consumers) {
            m_page.message->setMessage(
                Tone::Bad, tr("Nothing was imported"), consumers.error().summary, consumers.error().detail);
            m_page.message->show();
        } else if (consumers->size() > 1) {
            askWhich(*consumers);
        } else {
            m_page.begin(consumers->constFirst());
        }
    });
}

void ConsumerFiles::askWhich(const QList<ImportedConsumer> &consumers)
{
    auto *dialog = new ImportChoiceDialog(consumers, m_page.widget);
    connect(dialog, &ImportChoiceDialog::chosen, this,
        [this](const ImportedConsumer &consumer) { m_page.begin(consumer); });
    const auto renew = [this, dialog] { dialog->setAccess(m_service.createAccess()); };
    connect(&m_service, &ConsumerService::accessChanged, dialog, renew);
    renew();
    dialog->open();
}
