import { Module, type DynamicModule, type LoggerService } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from './access/access.guard.ts';
import { AccessService } from './access/access.service.ts';
import { KeysController } from './access/keys.controller.ts';
import { CatalogueService } from './catalogue/catalogue.service.ts';
import { MunitionsController } from './catalogue/munitions.controller.ts';
import { Clock, SystemClock } from './clock.ts';
import { CalendarController } from './compliance/calendar.controller.ts';
import { CommonFactsController } from './compliance/common-facts.controller.ts';
import { ComplianceAsking } from './compliance/compliance-asking.ts';
import { ComplianceService } from './compliance/compliance.service.ts';
import { FactKeeper } from './compliance/fact-keeper.ts';
import { FactReading } from './compliance/fact-reading.ts';
import { FactRecording } from './compliance/fact-recording.ts';
import { FactReversals } from './compliance/fact-reversals.ts';
import { ObligationsController } from './compliance/obligations.controller.ts';
import { OverviewController } from './compliance/overview.controller.ts';
import { Overviews } from './compliance/overviews.ts';
import { PublishedFactsLoader } from './compliance/published-facts.ts';
import { RequestTurns } from './compliance/request-turns.ts';
import { StateFactsController } from './compliance/state-facts.controller.ts';
import { openEventStore } from './event-store/engine.ts';
import type { EventStore } from './event-store/event-store.ts';
import { EVENT_STORE } from './event-store/event-store.token.ts';
import { FeedController } from './feed/feed.controller.ts';
import { LiveFeed } from './feed/live-feed.ts';
import { HealthController } from './health/health.controller.ts';
import { EntranceController } from './health/entrance.controller.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { Validation } from './http/validation.ts';
import { AllStatesController } from './journal/all-states.controller.ts';
import { EntriesController } from './journal/entries.controller.ts';
import { JournalService } from './journal/journal.service.ts';
import { Memberships } from './journal/memberships.ts';
import { MinPositionInterceptor } from './journal/min-position.interceptor.ts';
import { ReadingService } from './journal/reading.service.ts';
import { ShipmentsController } from './journal/shipments.controller.ts';
import { TypeNames } from './journal/type-names.ts';
import { StateController } from './journal/state.controller.ts';
import { LedgerClock } from './ledger-clock.ts';
import { FilingController } from './reports/filing.controller.ts';
import { ReportKeeper } from './reports/report-keeper.ts';
import { ReportService } from './reports/report.service.ts';
import { ReportSchemaController } from './reports/report-schema.controller.ts';
import { ReportsController } from './reports/reports.controller.ts';
import { FiledReports } from './compliance/submissions.ts';
import { SETTINGS } from './settings.token.ts';
import type { Settings } from './settings.ts';
import { BodyFaults } from './stockpile/body-faults.ts';
import { BookKeeper } from './stockpile/book-keeper.ts';
import { RecordingController } from './stockpile/recording.controller.ts';

/** What a test may bring of its own. */
export interface Overrides {
  readonly clock?: Clock;
  readonly store?: EventStore;
  readonly logger?: LoggerService | false;
}

/** The whole service, wired. */
@Module({})
export class AppModule {
  static with(settings: Settings, overrides: Overrides = {}): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        RecordingController,
        StateController,
        EntriesController,
        AllStatesController,
        ShipmentsController,
        StateFactsController,
        CommonFactsController,
        ObligationsController,
        OverviewController,
        CalendarController,
        ReportsController,
        FilingController,
        ReportSchemaController,
        MunitionsController,
        FeedController,
        KeysController,
        HealthController,
        EntranceController,
      ],
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: Clock, useValue: overrides.clock ?? new SystemClock() },
        { provide: EVENT_STORE, useFactory: () => overrides.store ?? openEventStore(settings) },
        JournalService,
        ReadingService,
        AccessService,
        CatalogueService,
        { provide: TypeNames, useExisting: CatalogueService },
        LedgerClock,
        RequestTurns,
        FactKeeper,
        FactReading,
        FactRecording,
        FactReversals,
        PublishedFactsLoader,
        ComplianceService,
        ComplianceAsking,
        Overviews,
        ReportKeeper,
        ReportService,
        { provide: FiledReports, useExisting: ReportKeeper },
        { provide: Memberships, useExisting: ComplianceService },
        BookKeeper,
        LiveFeed,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        Validation,
        BodyFaults,
        { provide: APP_PIPE, useExisting: Validation },
        { provide: APP_INTERCEPTOR, useClass: MinPositionInterceptor },
      ],
    };
  }
}
